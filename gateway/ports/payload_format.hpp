// PayloadFormat: one way of writing an alert (CAP XML, CAP JSON, the WIS2 wrapper) into a Command.
//
// Place:  intake -> PAYLOAD FORMAT -> authorise. Pure; chosen by content type, else by the first
//         byte.
// Thread: any.
// Errors: a Rejection with every problem found, each with path, rule and text.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "gateway/base/result.hpp"
#include "gateway/domain/command.hpp"

namespace siaga {

class PayloadFormat {
 public:
  virtual ~PayloadFormat() = default;
  virtual std::string_view name() const = 0;  // "cap-xml"
  // Whether this format claims the payload.
  virtual bool takes(std::string_view content_type, std::string_view payload) const = 0;
  [[nodiscard]] virtual Judged<Command> decode(std::string_view payload) const = 0;
  // Who signed the document inside, by one of these certificates (PEM). Asked when the decoded
  // alert says that it carries a signature. Errors: bad_signature, with why.
  [[nodiscard]] virtual Result<std::string> signer(
      std::string_view payload, std::vector<std::string> const& certificates) const {
    (void)payload, (void)certificates;
    return Error(Errc::bad_signature, "this format carries no signature");
  }
};

using Formats = std::vector<std::unique_ptr<PayloadFormat>>;

}  // namespace siaga
