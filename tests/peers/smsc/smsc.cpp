#include "tests/peers/smsc/smsc.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/peers/smsc/connection.hpp"
#include "tests/peers/smsc/received.hpp"

namespace siaga::smsc {
namespace asio = boost::asio;
using sms::Status;

namespace {

constexpr std::size_t waiting_max = 1000000;

// The number of 4 or 5 digits after "SIAP ".
std::string code_in(std::string const& text) {
  static std::regex const pattern("SIAP ([0-9]{4,5})");
  std::smatch found;
  return std::regex_search(text, found, pattern) ? found[1].str() : std::string();
}

std::string with_code(std::string text, std::string const& code) {
  for (auto at = text.find("%CODE%"); at != std::string::npos; at = text.find("%CODE%", at))
    text.replace(at, 6, code);
  return text;
}

}  // namespace

Smsc::Smsc(asio::io_context& context, Options from)
    : options(std::move(from)),
      later(context),
      io(context),
      random_(static_cast<std::mt19937::result_type>(options.seed)) {}

bool Smsc::chance(long percent) {
  return percent > 0 && static_cast<long>(random_() % 100) < percent;
}

long Smsc::random_up_to(long most) {
  return most > 0 ? static_cast<long>(random_() % static_cast<unsigned long>(most + 1)) : 0;
}

Status Smsc::judge(sms::ShortMessage const& message, std::size_t unanswered, std::int64_t time_ns) {
  if (options.window > 0 && unanswered >= static_cast<std::size_t>(options.window))
    return Status::throttled;
  if (options.rate > 0) {
    auto const rate = static_cast<double>(options.rate);
    tokens_ += static_cast<double>(time_ns - tokens_ns_) * rate / 1e9;
    tokens_ = std::min(tokens_, tokens_max());
    tokens_ns_ = time_ns;
    if (tokens_ < 1) return Status::throttled;
    tokens_ -= 1;
  }
  if (chance(options.throttle)) return Status::throttled;
  bool const is_due = options.error_every > 0 && counters.submits % options.error_every == 0;
  if (is_due || chance(options.error)) return static_cast<Status>(options.error_code);
  if (!options.bad_destination.empty() &&
      std::regex_search(phone(message.destination), std::regex(options.bad_destination)))
    return Status::invalid_destination;
  return Status::ok;
}

double Smsc::tokens_max() const {
  auto const saved = options.burst > 0 ? static_cast<double>(options.burst)
                                       : static_cast<double>(options.rate) / 4;
  return std::max(1.0, saved);
}

std::optional<int> Smsc::congestion() const {
  if (options.congestion == "none") return std::nullopt;
  if (options.congestion != "auto") return std::stoi(options.congestion);
  if (options.rate == 0) return 0;
  return static_cast<int>(100 * (1 - tokens_ / tokens_max()));
}

bool Smsc::ends_at(sms::ShortMessage const& message) const {
  if (options.drop_at.empty()) return false;
  auto const what = phone(message.destination) + " " + text_of(message, user_data(message));
  return std::regex_search(what, std::regex(options.drop_at));
}

Smsc::Verdict Smsc::on_submit(sms::ShortMessage const& message, std::size_t unanswered,
                              std::int64_t time_ns) {
  Verdict verdict;
  auto const nth = ++counters.submits;
  auto const is_due = [nth](long every) { return every > 0 && nth % every == 0; };
  if (ends_at(message)) {
    ++counters.ended;
    verdict.drop = true;
    return verdict;
  }
  verdict.garbage = is_due(options.garbage_every);
  verdict.drop = is_due(options.drop_every);
  verdict.unbind = is_due(options.unbind_every);
  if (verdict.drop || verdict.unbind) ++counters.ended;
  verdict.nack = chance(options.nack);
  auto const status = verdict.nack ? Status::invalid_command : judge(message, unanswered, time_ns);
  verdict.congestion = congestion();
  bool const silenced = verdict.drop && options.drop_how != "answered";
  bool const quiet_peer = options.mute != 0 || silenced || chance(options.silent);
  if (!quiet_peer) verdict.status = status;
  if (quiet_peer) ++counters.unanswered;
  if (status != Status::ok) {
    ++(status == Status::throttled ? counters.throttled : counters.refused);
    log_submit(message, verdict, time_ns);
    return verdict;
  }
  auto& record = messages.add(phone(message.destination));
  verdict.id = id_text(record.number, options.id_form);
  ++counters.accepted;
  if (counters.first_ns == 0) counters.first_ns = time_ns;
  counters.last_ns = time_ns;
  log_submit(message, verdict, time_ns);
  on_accepted(message, time_ns);
  if (wants_receipt(message)) {
    send_receipt(message, record);
  } else if (options.receipt_hold == 0) {
    record.state = MessageState::delivered;
  }
  return verdict;
}

void Smsc::log_submit(sms::ShortMessage const& message, Verdict const& verdict,
                      std::int64_t time_ns) {
  if (options.quiet != 0) return;
  auto const data = user_data(message);
  JsonLine line("submit");
  line.text("id", verdict.id)
      .text("from", phone(message.source))
      .text("to", phone(message.destination));
  line.number("part", data.joined ? data.joined->number : 1);
  line.number("parts", data.joined ? data.joined->total : 1);
  line.text("text", text_of(message, data));
  line.number("coding", message.data_coding).text("validity", message.validity);
  line.number("priority", message.priority);
  line.number("status", verdict.status ? static_cast<std::int64_t>(*verdict.status) : -1);
  log(line.number("time_ns", time_ns));
}

void Smsc::on_accepted(sms::ShortMessage const& message, std::int64_t time_ns) {
  last_source_ = message.source.text;
  auto const data = user_data(message);
  bool const alone = !data.joined || data.joined->total < 2;
  if (alone) ++counters.messages;
  if (options.quiet != 0 && options.replies.empty()) return;
  auto const from = phone(message.source), to = phone(message.destination);
  if (alone) {
    return on_message(from, to, text_of(message, data), time_ns);
  }
  auto const key = from + ' ' + to + ' ' + std::to_string(data.joined->reference);
  auto const began = began_.try_emplace(key, time_ns).first->second;
  sms::PartOrigin origin{from, to};
  sms::CodedText coded{std::string(data.octets), message.data_coding, data.shifts};
  auto const now = SteadyTime(milliseconds(time_ns / 1000000));
  auto const whole = reassembly_.add(std::move(origin), *data.joined, std::move(coded), 0, now);
  if (!whole) return;
  began_.erase(key);
  ++counters.messages;
  on_message(from, to, sms::text_of(whole->parts, sms::Charset::gsm), began);
}

void Smsc::on_message(std::string const& from, std::string const& to, std::string const& text,
                      std::int64_t time_ns) {
  JsonLine line("message");
  line.text("from", from).text("to", to).text("text", text);
  log(line.number("time_ns", time_ns));
  for (auto const& rule : options.replies) {
    if (!std::regex_search(to, rule.to)) continue;
    Deliverable reply;
    reply.from = to;
    reply.to = from;
    reply.text = with_code(rule.text, code_in(text));
    deliver(std::move(reply), rule.delay_ms);
    return;
  }
}

bool Smsc::wants_receipt(sms::ShortMessage const& message) const {
  if (options.receipts < 0 || (message.registered_delivery & 3U) == 0) return false;
  if (options.receipt_parts == "all") return true;
  auto const joined = user_data(message).joined.value_or(sms::Joined());
  return joined.number == (options.receipt_parts == "first" ? 1 : joined.total);
}

void Smsc::send_receipt(sms::ShortMessage const& message, Messages::Record const& record) {
  Deliverable receipt;
  receipt.receipt = true;
  receipt.from = phone(message.destination);
  receipt.to = phone(message.source);
  receipt.number = record.number;
  receipt.id =
      id_text(record.number, options.receipt_id == "same" ? options.id_form : options.receipt_id);
  auto const wait = options.receipt_before != 0 ? -1 : options.receipts;
  if (options.receipt_intermediate != 0) {
    auto halfway = receipt;
    halfway.intermediate = true;
    halfway.state = "ENROUTE";
    deliver(std::move(halfway), wait);
  }
  receipt.state = chance(options.receipt_fail) ? "UNDELIV" : options.receipt_state;
  if (options.receipt_hold != 0) {
    held_.emplace(record.number, std::move(receipt));
    return;
  }
  if (options.receipt_twice != 0) deliver(receipt, options.receipts);
  deliver(std::move(receipt), wait);
}

void Smsc::cancel(Messages::Record& message) {
  message.state = MessageState::deleted;
  auto const held = held_.extract(message.number);
  if (!held.empty()) deliver(std::move(held.mapped()), 0);
}

void Smsc::release() {
  for (auto& [number, receipt] : std::exchange(held_, {})) deliver(std::move(receipt), 0);
}

void Smsc::mo(std::string const& from, std::string const& text) {
  Deliverable whole;
  whole.from = from;
  whole.to = last_source_;
  whole.text = text;
  ++last_reference_;
  for (auto& part : parts_of(whole, last_reference_, options)) hand_over(std::move(part));
}

// A delay of -1: now, before whatever else is being answered.
void Smsc::deliver(Deliverable what, long delay_ms) {
  if (delay_ms < 0) return hand_over(std::move(what));
  later.after(std::chrono::milliseconds(delay_ms),
              [this, what = std::move(what)] { hand_over(what); });
}

void Smsc::hand_over(Deliverable what) {
  if (what.receipt && what.tries == 0) {
    auto* record = messages.find(what.number);
    if (record != nullptr && record->state == MessageState::deleted) what.state = "DELETED";
    if (record != nullptr && !what.intermediate) record->state = state_of(what.state);
    what.text = receipt_text(what, options);
  }
  if (!receivers_.empty())
    return receivers_[next_receiver_++ % receivers_.size()]->deliver(std::move(what));
  if (waiting_.size() < waiting_max) waiting_.push_back(std::move(what));
}

bool Smsc::may_bind() const {
  return options.binds_max == 0 || bound.size() < static_cast<std::size_t>(options.binds_max);
}

void Smsc::on_bound(Connection& connection, bool receives) {
  bound.push_back(&connection);
  ++counters.binds;
  if (!receives) return;
  receivers_.push_back(&connection);
  for (auto const& what : std::exchange(waiting_, {})) connection.deliver(what);
}

void Smsc::on_closed(Connection& connection) {
  std::erase(bound, &connection);
  std::erase(receivers_, &connection);
}

void Smsc::log(JsonLine& line) {
  if (options.quiet == 0) lines_ += line.done();
}

void Smsc::flush() {
  if (lines_.empty()) return;
  std::fwrite(lines_.data(), 1, lines_.size(), stdout);
  std::fflush(stdout);
  lines_.clear();
}

std::string Smsc::stats() const {
  auto const& c = counters;
  JsonLine line("stats");
  line.number("binds", c.binds)
      .number("connections", c.connections)
      .number("bound", static_cast<std::int64_t>(bound.size()));
  line.number("submits", c.submits).number("accepted", c.accepted).number("messages", c.messages);
  line.number("throttled", c.throttled)
      .number("refused", c.refused)
      .number("unanswered", c.unanswered);
  line.number("delivered", c.delivered).number("deliver_refused", c.deliver_refused);
  line.number("garbage", c.garbage).number("enquires", c.enquires).number("malformed", c.malformed);
  line.number("nacks", c.nacks)
      .number("ended", c.ended)
      .number("alive", c.alive)
      .number("first_ns", c.first_ns)
      .number("last_ns", c.last_ns);
  return line.done();
}

}  // namespace siaga::smsc
