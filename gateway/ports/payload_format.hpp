// PayloadFormat: one way of writing an alert (CAP XML, CAP JSON, the WIS2 wrapper) into a Command.
//
// Place:  intake -> PAYLOAD FORMAT -> authorise. Pure; chosen by content type, else by the first
// byte. Thread: any. Errors: a Rejection with every problem found, each with path, rule and text.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gateway/domain/command.hpp"

namespace siaga {

class PayloadFormat {
 public:
  virtual ~PayloadFormat() = default;
  virtual std::string_view name() const = 0;  // "cap-xml"
  // Whether this format claims the payload.
  virtual bool takes(std::string_view content_type, std::string_view payload) const = 0;
  [[nodiscard]] virtual Judged<Command> decode(std::string_view payload) const = 0;
};

using Formats = std::vector<std::unique_ptr<PayloadFormat>>;

}  // namespace siaga
