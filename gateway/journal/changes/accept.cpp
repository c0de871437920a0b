#include <algorithm>
#include <set>

#include "gateway/journal/changes/accept.hpp"
#include "gateway/journal/changes/agency_receipt.hpp"
#include "gateway/journal/changes/codes.hpp"
#include "gateway/journal/changes/early_ends.hpp"
#include "gateway/journal/changes/mailing.hpp"
#include "gateway/journal/changes/references.hpp"
#include "gateway/journal/log/words.hpp"
#include "gateway/journal/state/alert_codec.hpp"
#include "gateway/journal/state/family.hpp"

namespace siaga::journal {
namespace {

// One acceptance under way: the steps in the order of the transaction.
class Acceptance {
 public:
  Acceptance(Transaction& tx, Arrival const& arrival, Plan const& plan)
      : tx_(tx), arrival_(arrival), plan_(plan), now_(arrival.now) {
    receipt_ = receipt_for(arrival, Decision::accepted);
  }

  Accepted carry_out(References const& references, InFlight const& sending);

 private:
  void insert_alert(References const& references);
  void replace(References const& references, InFlight const& sending);
  void climb(std::size_t ordinal);
  void tell_those_told(References const& references);
  void tell(Mailing const& mailing, std::vector<Recipient> const& told);
  void cancel_at_once();
  void end_as_replaced(AlertId by);
  Mailing mailing() const;
  std::shared_ptr<StoredAlert const> stored() const;
  void log(char const* kind, std::string detail) {
    tx_.log.write(now_.utc, {kind, answer_.alert, {}, {}, std::move(detail)});
  }

  Transaction& tx_;
  Arrival const& arrival_;
  Plan const& plan_;
  Moment now_;
  Accepted answer_;
  AgencyReceipt receipt_;
  Planned planned_;
};

Accepted Acceptance::carry_out(References const& references, InFlight const& sending) {
  auto const ended = take_pending_end(tx_, arrival_);
  insert_alert(references);
  replace(references, sending);
  // An Update overtaken by another one has a say in who is told; a first message has none.
  bool const cancelled = ended && ended->replaced_by.empty();
  bool const replaced = ended && !cancelled && references.known.empty();
  if (cancelled) {
    cancel_at_once();
  } else if (replaced) {
    end_as_replaced(ended->replaced_by);
  } else {
    if (answer_.code.empty()) answer_.code = give_code(tx_, answer_.alert, now_.steady);
    answer_.recipients = plan_.recipients();
    for (std::size_t i = 0; i < plan_.ladders.size(); ++i) climb(i);
    tell_those_told(references);
  }
  if (!plan_.empty_because.empty())
    receipt_.reasons.push_back({"", "policy.nobody", plan_.empty_because});
  run(tx_.db, "UPDATE alerts SET code = ?, recipients = ? WHERE id = ?", answer_.code,
      answer_.recipients, answer_.alert);
  receipt_.alert = answer_.alert;
  receipt_.code = answer_.code;
  receipt_.recipients = answer_.recipients;
  settle(tx_, arrival_, "accepted", receipt_);
  if (!cancelled && !replaced) answer_.stored = stored();
  answer_.due = std::move(planned_.due);
  answer_.more_to_expand = planned_.more;
  return std::move(answer_);
}

void Acceptance::insert_alert(References const& references) {
  Alert const& alert = arrival_.alert;
  Info const none;
  auto const* info = info_for(alert, "id");
  if (info == nullptr) info = &none;
  auto const place = info->areas.empty() ? std::string() : info->areas.front().description;
  auto const body = encode(alert);
  auto const id = first<AlertId>(
      tx_.db,
      "INSERT INTO alerts (family, sender, identifier, sent, sent_text, agency, code, state,"
      " status, msg_type, severity, event, headline, place, priority, accepted_at, expires,"
      " recipients, inbox, announced, proof, body)"
      " VALUES (0, ?, ?, ?, ?, ?, '', 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, 1, ?, ?)"
      " RETURNING id",
      alert.sender, alert.identifier, alert.sent.at, alert.sent.text, arrival_.agency, alert.status,
      alert.msg_type, severity_of(alert), info->event, info->headline, place, plan_.priority,
      now_.utc, expires_of(alert), arrival_.inbound.id, text_of(arrival_.proof), body);
  answer_.alert = id.value();
  auto const family = references.known.empty() ? answer_.alert : references.known.front().family;
  run(tx_.db, "UPDATE alerts SET family = ? WHERE id = ?", family, answer_.alert);
  log("accepted", "inbox=" + std::to_string(arrival_.inbound.id.value) + " agency=" +
                      arrival_.agency.value + " priority=" + std::string(to_word(plan_.priority)) +
                      " signature=" + logged_proof(text_of(arrival_.proof)));
}

// Joins what it replaces: one family, one code, and the old alerts end.
void Acceptance::replace(References const& references, InFlight const& sending) {
  for (auto const& old : references.known) {
    run(tx_.db,
        "UPDATE alerts SET family = (SELECT family FROM alerts WHERE id = ?)"
        " WHERE family = ?",
        answer_.alert, old.family);
    if (answer_.code.empty()) answer_.code = inherit_code(tx_, old.id, answer_.alert);
  }
  answer_.ended = end_replaced(tx_, references.known, answer_.alert, sending, now_);
  for (auto const& unknown : references.unknown) {
    remember_end(tx_, unknown, arrival_, answer_.alert);
    receipt_.reasons.push_back(
        {"/references", "policy.reference-unknown",
         unknown.identifier + " tidak dikenal; diperlakukan sebagai peringatan baru / unknown;"
                              " taken as a new alert"});
  }
}

// As reading it back would give it.
std::shared_ptr<StoredAlert const> Acceptance::stored() const {
  auto made = std::make_shared<StoredAlert>();
  made->id = answer_.alert;
  made->agency = arrival_.agency;
  made->code = answer_.code;
  made->alert = arrival_.alert;
  made->accepted_at = now_.utc;
  made->proof = text_of(arrival_.proof);
  return made;
}

Mailing Acceptance::mailing() const {
  Mailing mailing;
  mailing.alert = answer_.alert;
  mailing.priority = plan_.priority;
  mailing.due = now_.steady;
  mailing.expires = expires_of(arrival_.alert).value_or(never);
  return mailing;
}

void Acceptance::climb(std::size_t ordinal) {
  Ladder const& ladder = plan_.ladders[ordinal];
  bool const empty = ladder.first_step.empty();
  auto const next = next_step(ladder.policy, {0, 0, now_.steady});
  std::optional<SteadyTime> due;
  if (next) due = empty ? now_.steady : next->due;
  auto const policy = encode(ladder.policy);
  run(tx_.db, "INSERT INTO ladders VALUES (?, ?, ?, ?, ?, ?, 0, 0, ?, ?)", answer_.alert, ordinal,
      policy, ladder.rule, ladder.policy.acks_needed, ladder.policy.tell_when_handled, now_.steady,
      due);
  auto const place = "ladder=" + std::to_string(ordinal);
  log("planned", place + " policy=" + ladder.policy.id.value +
                     " recipients=" + std::to_string(ladder.first_step.size()) +
                     " unreachable=" + std::to_string(ladder.unreachable.size()));
  auto first = mailing();
  first.ladder = static_cast<int>(ordinal);
  planned_.add(plan_deliveries(tx_, first, ladder.first_step, now_));
  log(empty ? "step-empty" : "step-started", place + " round=1 step=1");
  if (empty)
    receipt_.reasons.push_back({"", "policy.step-empty",
                                "langkah 1 kebijakan " + ladder.policy.id.value +
                                    " tidak menjangkau siapa pun / step 1 reaches nobody"});
}

// Those who know the old alert and are not in the new one's first steps hear of the change too; of
// the old one's end, when this one is not for them.
void Acceptance::tell_those_told(References const& references) {
  if (references.known.empty()) return;
  std::set<std::pair<ChannelName, std::string>> first_steps;
  for (auto const& ladder : plan_.ladders)
    for (auto const& recipient : ladder.first_step)
      first_steps.emplace(recipient.channel, recipient.address);
  auto told = told_of(tx_.db, family_of(tx_.db, answer_.alert));
  std::erase_if(told, [&](Recipient const& recipient) {
    return first_steps.contains({recipient.channel, recipient.address});
  });
  auto const stays = [&](Recipient const& recipient) {
    return !plan_.outsiders.contains(recipient.officer);
  };
  auto const outsiders = std::stable_partition(told.begin(), told.end(), stays);
  auto over = mailing();
  over.alert = references.known.front().id;
  over.kind = MessageKind::cancel;
  tell(over, {outsiders, told.end()});
  told.erase(outsiders, told.end());
  auto change = mailing();
  change.kind = MessageKind::update;
  tell(change, told);
  answer_.recipients += told.size();
}

void Acceptance::tell(Mailing const& mailing, std::vector<Recipient> const& told) {
  if (told.empty()) return;
  planned_.add(plan_deliveries(tx_, mailing, told, now_));
  tx_.log.write(now_.utc, {"planned",
                           mailing.alert,
                           {},
                           {},
                           "kind=" + std::string(to_word(mailing.kind)) +
                               " recipients=" + std::to_string(told.size())});
}

// Whoever knows what it replaces hears that this is over; the message itself goes to nobody.
void Acceptance::cancel_at_once() {
  end_alert(tx_, {answer_.alert, AlertState::cancelled, DeliveryState::cancelled}, {}, now_);
  auto const told = told_of(tx_.db, family_of(tx_.db, answer_.alert));
  auto over = mailing();
  over.kind = MessageKind::cancel;
  planned_.add(plan_deliveries(tx_, over, told, now_));
  answer_.recipients = told.size();
  log("cancelled", "remembered=applied stopped=0 told=" + std::to_string(told.size()));
  receipt_.reasons.push_back({"", "policy.cancelled-before",
                              "pembatalannya tiba lebih dulu; pesan ini tidak dikirim /"
                              " its cancellation came first; this message is not sent"});
}

// Everybody who has to know hears the newer text already: this one goes to nobody.
void Acceptance::end_as_replaced(AlertId by) {
  run(tx_.db, "UPDATE alerts SET family = (SELECT family FROM alerts WHERE id = ?) WHERE id = ?",
      by, answer_.alert);
  end_alert(tx_, {answer_.alert, AlertState::closed, DeliveryState::cancelled}, {}, now_);
  log("updated", "by=" + std::to_string(by.value) + " remembered=applied stopped=0");
  receipt_.reasons.push_back({"", "policy.replaced-before",
                              "pembaruannya tiba lebih dulu; pesan ini tidak dikirim /"
                              " its update came first; this message is not sent"});
}

}  // namespace

Result<Accepted> accept_alert(Transaction& tx, InboxId from, AuthorisedCommand const& command,
                              Plan const& plan, InFlight const& sending, Moment now) {
  auto const inbound = load_inbound(tx, from);
  if (!inbound) return inbound.error();
  auto const arrival = arrival_of(*inbound, command, now);
  if (auto known = answer_if_known(tx, arrival)) return std::move(*known);
  References references;
  if (std::holds_alternative<ReplaceAlert>(command.command())) {
    references = resolve_references(tx, arrival);
    if (references.refusal) return refuse(tx, arrival, {*references.refusal});
  }
  return Acceptance(tx, arrival, plan).carry_out(references, sending);
}

}  // namespace siaga::journal
