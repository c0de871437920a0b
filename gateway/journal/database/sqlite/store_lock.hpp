// StoreLock: held while a gateway has the store open: two on one store would both believe what is
// theirs to send.
//
// Place:  open_for_writing -> STORE LOCK -> DATA_DIR/lock.
// Thread: any.
// Errors: SqlFailure: another siaga has it, or the directory is not writable.
// Durable: the lock ends with the process; the empty file stays.
#pragma once

#include <string>

namespace siaga::journal {

class StoreLock {
 public:
  explicit StoreLock(std::string const& data_dir);
  ~StoreLock();
  StoreLock(StoreLock const&) = delete;
  StoreLock& operator=(StoreLock const&) = delete;

 private:
  int file_;
};

}  // namespace siaga::journal
