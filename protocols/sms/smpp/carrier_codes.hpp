// CarrierCodes: the meaning of one carrier's status codes, where it differs from status.hpp: vendor
// codes above all (0x400 to 0x4ff), but any code may be configured to mean something else.
//
// Place:  settings -> CARRIER CODES -> Outbox. Pure.
// Errors: read() invalid_configuration, naming the entry and what would be right.
#pragma once

#include <map>
#include <vector>

#include "gateway/base/result.hpp"
#include "protocols/sms/smpp/status.hpp"

namespace siaga::sms {

class CarrierCodes {
 public:
  // "0x412=throttled", "8=retry"; the words of SubmitClass but accepted.
  static Result<CarrierCodes> read(std::vector<std::string> const& entries);
  SubmitClass class_of(Status status) const noexcept;

 private:
  std::map<Status, SubmitClass> own_;
};

}  // namespace siaga::sms
