#include "tests/peers/smsc/smsc.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/text/segment.hpp"
#include "protocols/sms/text/user_data.hpp"
#include "tests/peers/smsc/connection.hpp"

namespace siaga::smsc {
namespace asio = boost::asio;
using sms::Status;

namespace {

constexpr std::size_t waiting_max = 1000000;

std::string id_text(std::uint64_t number, std::string const& form) {
  if (form == "empty") return {};
  std::array<char, 24> digits{};
  int const base = form == "hex" || form == "upper" ? 16 : 10;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
  std::string text(digits.data(), end);
  if (form == "upper")
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

std::string phone(sms::Address const& address) {
  return address.ton == 1 ? "+" + std::string(address.text) : std::string(address.text);
}

sms::UserData user_data(sms::ShortMessage const& message) {
  if ((message.esm_class & 0x40U) != 0)
    if (auto const data = sms::split_header(message.text)) return *data;
  sms::UserData data;
  data.octets = message.text;
  return data;
}

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
      io(context),
      random_(static_cast<std::mt19937::result_type>(options.seed)) {}

bool Smsc::chance(long percent) {
  return percent > 0 && static_cast<long>(random_() % 100) < percent;
}

long Smsc::random_up_to(long most) {
  return most > 0 ? static_cast<long>(random_() % static_cast<unsigned long>(most + 1)) : 0;
}

Status Smsc::judge(sms::ShortMessage const& message, std::int64_t time_ns) {
  if (options.rate > 0) {
    auto const rate = static_cast<double>(options.rate);
    tokens_ += static_cast<double>(time_ns - tokens_ns_) * rate / 1e9;
    tokens_ = std::min(tokens_, std::max(1.0, rate / 4));
    tokens_ns_ = time_ns;
    if (tokens_ < 1) return Status::throttled;
    tokens_ -= 1;
  }
  if (chance(options.throttle)) return Status::throttled;
  if (chance(options.error)) return static_cast<Status>(options.error_code);
  if (!options.bad_destination.empty() &&
      std::regex_search(phone(message.destination), std::regex(options.bad_destination)))
    return Status::invalid_destination;
  return Status::ok;
}

Smsc::Verdict Smsc::on_submit(sms::ShortMessage const& message, std::int64_t time_ns) {
  Verdict verdict;
  auto const nth = ++counters.submits;
  verdict.garbage = options.garbage_every > 0 && nth % options.garbage_every == 0;
  verdict.drop = options.drop_every > 0 && nth % options.drop_every == 0;
  verdict.nack = chance(options.nack);
  auto const status = verdict.nack ? Status::invalid_command : judge(message, time_ns);
  bool const quiet_peer = options.mute != 0 || verdict.drop || chance(options.silent);
  if (!quiet_peer) verdict.status = status;
  if (quiet_peer) ++counters.unanswered;
  if (status == Status::throttled) {
    ++counters.throttled;
  } else if (status != Status::ok) {
    ++counters.refused;
  } else {
    auto const number = ++last_id_;
    verdict.id = id_text(number, options.id_form);
    ++counters.accepted;
    if (counters.first_ns == 0) counters.first_ns = time_ns;
    counters.last_ns = time_ns;
    log_submit(message, verdict, time_ns);
    on_accepted(message, time_ns);
    if (options.receipts >= 0 && (message.registered_delivery & 3U) != 0)
      send_receipt(message, verdict.id, number);
    return verdict;
  }
  log_submit(message, verdict, time_ns);
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
  line.text("text", sms::text_of(data.octets, message.data_coding, sms::Charset::gsm, data.shifts));
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
    auto const text =
        sms::text_of(data.octets, message.data_coding, sms::Charset::gsm, data.shifts);
    return on_message(from, to, text, time_ns);
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

void Smsc::send_receipt(sms::ShortMessage const& message, std::string const& id,
                        std::uint64_t number) {
  Deliverable receipt;
  receipt.receipt = true;
  receipt.from = phone(message.destination);
  receipt.to = phone(message.source);
  receipt.id = options.receipt_id == "same" ? id : id_text(number, options.receipt_id);
  receipt.state = chance(options.receipt_fail) ? "UNDELIV" : options.receipt_state;
  receipt.text =
      "id:" + receipt.id +
      " sub:001 dlvrd:001 submit date:2611231430 done date:2611231431 stat:" + receipt.state +
      " err:000 text:";
  if (options.receipt_twice != 0) deliver(receipt, options.receipts);
  deliver(std::move(receipt), options.receipt_before != 0 ? -1 : options.receipts);
}

void Smsc::mo(std::string const& from, std::string const& text) {
  auto const segments = sms::segment(text, sms::Charset::gsm);
  std::uint8_t const coding = segments.coding == sms::Coding::ucs2 ? 8 : 0;
  auto const total = static_cast<std::uint8_t>(segments.parts.size());
  ++last_reference_;
  for (std::uint8_t number = 1; number <= total; ++number) {
    Deliverable part;
    part.from = from;
    part.to = last_source_;
    if (total > 1) part.header = sms::join_header(last_reference_, total, number);
    part.text = sms::text_of(segments.parts[number - 1U], coding, sms::Charset::gsm);
    hand_over(std::move(part));
  }
}

// A delay of -1: now, before whatever else is being answered.
void Smsc::deliver(Deliverable what, long delay_ms) {
  if (delay_ms < 0) return hand_over(std::move(what));
  auto timer = std::make_shared<asio::steady_timer>(io, std::chrono::milliseconds(delay_ms));
  timer->async_wait([this, timer, what = std::move(what)](boost::system::error_code ec) mutable {
    if (!ec) hand_over(std::move(what));
  });
}

void Smsc::hand_over(Deliverable what) {
  if (!bound.empty()) return (*bound.begin())->deliver(std::move(what));
  if (waiting_.size() < waiting_max) waiting_.push_back(std::move(what));
}

void Smsc::on_bound(Connection& connection) {
  bound.insert(&connection);
  ++counters.binds;
  auto const waiting = std::move(waiting_);
  waiting_.clear();
  for (auto const& what : waiting) connection.deliver(what);
}

void Smsc::on_closed(Connection& connection) {
  bound.erase(&connection);
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
  line.number("nacks", c.nacks).number("first_ns", c.first_ns).number("last_ns", c.last_ns);
  return line.done();
}

}  // namespace siaga::smsc
