// Desk: an Outbox on a session whose SMSC is the test, and the messages put into it.
#pragma once

#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/smpp/outbox.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {

inline Moment at(std::int64_t ms) {
  Moment moment;
  moment.steady = SteadyTime(milliseconds(1'000'000 + ms));
  moment.utc = UtcTime(milliseconds(5'000'000 + ms));
  return moment;
}

struct Sms final : Submission {
  int settled = 0;
  void on_settled() override { ++settled; }

  Sms(std::vector<std::string> texts, Priority urgency = Priority::normal) {
    for (auto& text : texts) parts.push_back({std::move(text), "", 0, 0, 0});
    priority = urgency;
    destination = "6281200000001";
    deadline = at(60000).steady;
  }
  template <class Outcome>
  bool is() const {
    return outcome && std::holds_alternative<Outcome>(*outcome);
  }
};

// An outbox on a session whose SMSC is the test.
struct Desk final : SessionOwner {
  std::int64_t ms = 0;
  Unanswered why = Unanswered::in_time;

  std::shared_ptr<FollowUp> follow_up = std::make_shared<FollowUp>(milliseconds(60000));
  std::vector<Resolved> resolved;
  std::vector<EnRoute::Fate> fates;
  Outbox outbox;
  Session session;

  explicit Desk(std::size_t window = 10, double rate = 0)
      : outbox(Sender{"SIAGA", 5, 0}, rate, follow_up), session(rules(window), *this) {
    follow_up->resolved = [this](Resolved one) { resolved.push_back(std::move(one)); };
    follow_up->told = [this](EnRoute::Fate one) { fates.push_back(std::move(one)); };
    session.open(at(0).steady);
    answer(1, Command::bind_transceiver_resp, Status::ok, "smsc");
    session.output().clear();
  }
  static SessionRules rules(std::size_t window) {
    SessionRules r;
    r.window = window;
    return r;
  }
  void on_bound() override {}
  void on_answer(Ticket t, SubmitAnswer const& answer) override {
    outbox.on_answer(t, answer, at(ms));
  }
  void on_unanswered(Ticket t) override { outbox.on_unanswered(t, why, at(ms).steady); }
  void on_told(Ticket t, Told told) override { outbox.on_told(t, told, at(ms).steady); }
  void on_deliver(std::uint32_t, ShortMessage const&) override {}

  void answer(std::uint32_t sequence, Command command, Status status, std::string_view id = {}) {
    Header h;
    h.command = command;
    h.status = status;
    h.sequence = sequence;
    std::string bytes;
    if (status == Status::ok) {
      encode(bytes, h, id);
    } else {
      encode(bytes, h);
    }
    (void)session.receive(bytes, at(ms).steady);
  }
  void answer(std::uint32_t sequence, Status status, std::string_view id = "id") {
    answer(sequence, Command::submit_sm_resp, status, id);
  }
  struct Written {
    std::uint32_t sequence;
    std::string text, validity;
    std::uint8_t esm_class, coding, priority, registered;
  };
  std::vector<Written> pump() {
    Session* const sessions[] = {&session};
    outbox.pump(sessions, at(ms));
    std::vector<Written> all;
    std::string_view bytes = session.output();
    while (!bytes.empty()) {
      auto const frame = next_pdu(bytes);
      REQUIRE(frame.has_value());
      REQUIRE(frame->pdu);
      auto const m = decode_message(frame->pdu->body);
      REQUIRE(m.has_value());
      all.push_back({frame->pdu->header.sequence, std::string(m->text), std::string(m->validity),
                     m->esm_class, m->data_coding, m->priority, m->registered_delivery});
      bytes.remove_prefix(frame->octets);
    }
    session.output().clear();
    return all;
  }
};

inline std::string reason(Sms const& sms) {
  if (auto const* failed = std::get_if<Failed>(&*sms.outcome)) return failed->reason;
  if (auto const* failed = std::get_if<FailedTemporarily>(&*sms.outcome)) return failed->reason;
  if (auto const* unknown = std::get_if<OutcomeUnknown>(&*sms.outcome)) return unknown->reason;
  return {};
}

}  // namespace siaga::sms
