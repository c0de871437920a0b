// AgencyReceipt: what an agency is told about its message, and its JSON (contract, section 2).
//
// Place:  the journal's decisions, held_notices -> AGENCY RECEIPT -> status feed.
// Thread: pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/domain/command.hpp"
#include "gateway/ports/journal_types.hpp"

namespace siaga {

struct AgencyReceipt {
  AgencyId agency;
  std::string identifier;
  std::string sender;
  Decision decision = Decision::accepted;
  AlertId alert;     // empty = null
  std::string code;  // empty = null
  std::size_t recipients = 0;
  std::vector<Reason> reasons;
  UtcTime received_at{};
  std::optional<UtcTime> decided_at;  // none = not decided yet
};

std::string to_json(AgencyReceipt const& receipt, std::chrono::minutes offset);
// The same receipt, which to_json wrote, with one reason more.
std::string with_reason(std::string_view receipt, Reason const& reason);

// A receipt as it was sent, for a message that came again.
struct ReceiptAgain {
  std::string json;  // with the decision `duplicate`
  std::string code;
  std::size_t recipients = 0;
};
// None when the text that was kept is no receipt.
std::optional<ReceiptAgain> said_again(std::string_view receipt);

}  // namespace siaga
