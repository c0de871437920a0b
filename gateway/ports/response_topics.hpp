// ResponseTopics: the topics to which a sender may ask for its receipt: those below its agency's
// own receipt topic, and those that the configuration lists ([mqtt] response_topics). Any other
// wish is ignored, and the receipt says so.
//
// Place:  journal's receipts, held notices, the outbox at start.
// Thread: any. Pure.
// See:    decisions/0024-one-sender-stops-nobody.md
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/domain/command.hpp"
#include "gateway/domain/topic.hpp"
#include "gateway/ports/topics.hpp"

namespace siaga {

class ResponseTopics {
 public:
  ResponseTopics() = default;
  explicit ResponseTopics(std::vector<std::string> patterns) : patterns_(std::move(patterns)) {}

  bool allow(std::string_view topic, AgencyId const& agency) const {
    if (!is_plain_topic(topic)) return false;
    if (topics::is_own(topic))
      return topics::has_receipts(agency) && topic.starts_with(topics::receipt(agency) + "/");
    return is_listed(topic);
  }
  // Whether the gateway would publish on it today, whoever asked.
  bool may_carry(std::string_view topic) const {
    return is_plain_topic(topic) && (topics::is_own(topic) || is_listed(topic));
  }
  // Whether the sender has to be told that it is not answered there.
  bool disregard(std::string_view topic, AgencyId const& agency) const {
    return !topic.empty() && topic != topics::receipt(agency) && !allow(topic, agency);
  }

 private:
  bool is_listed(std::string_view topic) const {
    return std::ranges::any_of(patterns_, [&](auto const& one) { return fits(topic, one); });
  }
  std::vector<std::string> patterns_;
};

// Beside the decision, in the receipt.
inline Reason response_topic_advice() {
  return {
      "", "mqtt.response-topic",
      "response topic tidak dipakai, tanda terima dikirim ke topik instansi saja; pakai topik di"
      " bawah siaga/receipt/<instansi>/ atau minta pengelola menambahkannya / the response topic"
      " is not used and the receipt goes to the agency's own topic; use one below"
      " siaga/receipt/<agency>/, or ask the gateway's operator to list it"};
}

}  // namespace siaga
