// DiskSpace: how much room the store has, and a reserve that is given up when there is none.
//
// Place:  store_thread asks before anything new is taken in, and releases the reserve when full.
// Floors: new alerts end first, then answers; what has happened is recorded to the last byte.
// Thread: store thread.
// Durable: a file "reserve" beside the store; losing it loses nothing.
#pragma once

#include <cstdint>
#include <string>

namespace siaga::journal {

class DiskSpace {
 public:
  DiskSpace(std::string data_dir, std::uint64_t free_bytes_min);

  // Whether something new may be taken in. Lays the reserve in again when there is room for it.
  bool has_room();
  // Whether answers may be: less is enough, and what is given up when the disk is full counts. The
  // rest is for the recording of what has happened.
  bool has_room_for_answers() const noexcept;
  void release_reserve() noexcept;
  std::string const& data_dir() const noexcept { return data_dir_; }

 private:
  std::uint64_t free_bytes() const noexcept;
  void lay_in_reserve() noexcept;

  std::string data_dir_;
  std::string reserve_path_;
  std::uint64_t free_bytes_min_;
  bool reservable_;  // asked for, and the file system can
  bool reserved_ = false;
};

}  // namespace siaga::journal
