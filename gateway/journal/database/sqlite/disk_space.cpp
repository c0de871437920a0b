#include "gateway/journal/database/sqlite/disk_space.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>

#include "gateway/base/log.hpp"

namespace siaga::journal {
namespace {

constexpr std::uint64_t recording_bytes_max = 4u << 20;

}  // namespace

DiskSpace::DiskSpace(std::string data_dir, std::uint64_t free_bytes_min)
    : data_dir_(std::move(data_dir)),
      reserve_path_(data_dir_ + "/reserve"),
      free_bytes_min_(free_bytes_min),
      reservable_(free_bytes_min > 0) {
  struct stat found {};
  reserved_ = ::stat(reserve_path_.c_str(), &found) == 0 &&
              static_cast<std::uint64_t>(found.st_size) >= free_bytes_min_;
}

std::uint64_t DiskSpace::free_bytes() const noexcept {
  struct statvfs space {};
  // A file system that cannot be asked is not taken for a full one: the write itself will tell.
  if (::statvfs(data_dir_.c_str(), &space) != 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(space.f_bavail) * space.f_frsize;
}

bool DiskSpace::has_room() {
  auto const free = free_bytes();
  // Half of what is asked for goes into the reserve; what a full disk freed must not be spent on
  // new alerts, so without the reserve there is no room.
  if (!reserved_ && reservable_ && free / 2 >= free_bytes_min_) lay_in_reserve();
  return free >= free_bytes_min_ && (reserved_ || !reservable_);
}

bool DiskSpace::has_room_for_answers() const noexcept {
  auto const given_up_when_full = reserved_ ? free_bytes_min_ : 0;
  auto const free = free_bytes();
  auto const enough = std::min(free_bytes_min_ / 4, recording_bytes_max);
  return free >= enough || given_up_when_full >= enough - free;
}

void DiskSpace::lay_in_reserve() noexcept {
  int const file = ::open(reserve_path_.c_str(), O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0) return;
  int const code = ::fallocate(file, 0, 0, static_cast<off_t>(free_bytes_min_)) == 0 ? 0 : errno;
  ::close(file);
  reserved_ = code == 0;
  // Whatever else went wrong is no want of room: then the writes themselves tell.
  reservable_ = reserved_ || code == ENOSPC || code == EDQUOT;
  if (!reservable_)
    log::warning("storage_without_reserve", {{"dir", data_dir_}, {"error", std::strerror(code)}});
  if (!reserved_) ::unlink(reserve_path_.c_str());
}

void DiskSpace::release_reserve() noexcept {
  if (!reserved_) return;
  ::unlink(reserve_path_.c_str());
  reserved_ = false;
  log::warning("storage_reserve_released", {{"dir", data_dir_}});
}

}  // namespace siaga::journal
