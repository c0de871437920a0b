// KeptParts: the parts of long replies that are not whole yet, on disk until they are handed over.
//
// Place:  ModemInbound -> KEPT PARTS -> a file in data_dir.
// Thread: core only; writes a small file now and then, as long replies are rare.
// Durable: add() has it on disk when it returns, so the part may be acknowledged; load() gives what
//         a former run left. The file is replaced whole, never half.
// Bounds: `parts_max`; more are refused and stay with the modem or the network.
// Errors: storage_failed, storage_full.
#pragma once

#include <string>
#include <vector>

#include "gateway/base/result.hpp"

namespace siaga::sms {

class KeptParts {
 public:
  static constexpr std::size_t parts_max = 500;

  explicit KeptParts(std::string path) : path_(std::move(path)) {}

  std::vector<std::string> const& load();
  Result<void> add(std::string const& hex);
  Result<void> remove(std::vector<std::string> const& all);

 private:
  Result<void> write() const;
  bool keep_name() const;
  std::string path_;
  std::vector<std::string> parts_;
};

}  // namespace siaga::sms
