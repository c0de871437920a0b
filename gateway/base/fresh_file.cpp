#include "gateway/base/fresh_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace siaga {
namespace {

Error failed(std::string const& path, int why) {
  auto const code = why == EEXIST ? Errc::already_exists : Errc::storage_failed;
  return Error(code, path + ": " + std::strerror(why));
}

// 0, or what went wrong.
int write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto const written = ::write(file, bytes.data(), bytes.size());
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) return errno;
  }
  return 0;
}

}  // namespace

Result<void> write_fresh(std::string const& path, std::string_view bytes) {
  int const file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return failed(path, errno);
  int why = write_all(file, bytes);
  if (::close(file) != 0 && why == 0) why = errno;
  if (why == 0) return {};
  ::unlink(path.c_str());
  return failed(path, why);
}

Result<void> give_name(std::string const& from, std::string const& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return {};
  if (errno != EINVAL && errno != ENOSYS) return failed(to, errno);
  // A file system that cannot do that in one step: a second name, which is never put over another.
  if (::link(from.c_str(), to.c_str()) != 0) return failed(to, errno);
  ::unlink(from.c_str());
  return {};
}

}  // namespace siaga
