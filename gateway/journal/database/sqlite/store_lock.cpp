#include "gateway/journal/database/sqlite/store_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "gateway/journal/database/database.hpp"

namespace siaga::journal {

StoreLock::StoreLock(std::string const& data_dir)
    : file_(::open((data_dir + "/lock").c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)) {
  if (file_ < 0) throw SqlFailure(Error(Errc::storage_failed, data_dir + " is not writable"));
  if (::flock(file_, LOCK_EX | LOCK_NB) == 0) return;
  ::close(file_);
  throw SqlFailure(
      Error(Errc::storage_failed, data_dir + " is in use by another siaga; stop that one first"));
}

StoreLock::~StoreLock() {
  ::close(file_);
}

}  // namespace siaga::journal
