#include "protocols/sms/modem/kept_parts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "protocols/sms/modem/at_line.hpp"

namespace siaga::sms {

std::vector<std::string> const& KeptParts::load() {
  std::ifstream file(path_);
  std::string line;
  parts_.clear();
  while (parts_.size() < parts_max && std::getline(file, line))
    if (is_hex(line)) parts_.push_back(line);
  return parts_;
}

Result<void> KeptParts::add(std::string const& hex) {
  if (std::ranges::find(parts_, hex) != parts_.end()) return {};
  if (parts_.size() >= parts_max)
    return Error(Errc::storage_full, "too many long replies lack a part");
  parts_.push_back(hex);
  auto const written = write();
  if (!written) parts_.pop_back();
  return written;
}

Result<void> KeptParts::remove(std::vector<std::string> const& all) {
  auto const gone = [&](std::string const& one) {
    return std::ranges::find(all, one) != all.end();
  };
  if (std::erase_if(parts_, gone) == 0) return {};
  return write();
}

// The file's new name outlives a loss of power only when its folder is on disk too.
bool KeptParts::keep_name() const {
  auto const folder = std::filesystem::path(path_).parent_path();
  int const fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const kept = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  return kept;
}

Result<void> KeptParts::write() const {
  std::string text;
  for (auto const& part : parts_) text += part + "\n";
  auto const fresh = path_ + ".new";
  ::unlink(fresh.c_str());  // one that a crash left; a link goes, not what it points to
  int const fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  bool const written = fd >= 0 &&
                       ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (written && std::rename(fresh.c_str(), path_.c_str()) == 0 && keep_name()) return {};
  return Error(Errc::storage_failed, path_ + ": cannot be written");
}

}  // namespace siaga::sms
