#include "tests/peers/smsc/connection.hpp"

#include <algorithm>
#include <boost/asio/write.hpp>
#include <cstring>
#include <ctime>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/text/gsm.hpp"
#include "protocols/sms/text/segment.hpp"
#include "tests/peers/smsc/garbage.hpp"

namespace siaga::smsc {
namespace asio = boost::asio;
using sms::Command;
using sms::Header;
using sms::Status;

namespace {

constexpr long redeliver_ms = 200;
constexpr int redeliver_max = 200;

std::int64_t realtime_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1000000000 + now.tv_nsec;
}

Header header(Command command, Status status, std::uint32_t sequence) {
  Header h;
  h.command = command;
  h.status = status;
  h.sequence = sequence;
  return h;
}

sms::Address address_of(std::string const& phone) {
  if (!phone.empty() && phone.front() == '+') return {1, 1, std::string_view(phone).substr(1)};
  bool const digits = phone.find_first_not_of("0123456789") == std::string::npos;
  return {static_cast<std::uint8_t>(digits ? 0 : 5), static_cast<std::uint8_t>(digits ? 1 : 0),
          phone};
}

std::uint8_t state_number(std::string const& state) {
  constexpr std::array<std::string_view, 9> names = {
      "", "ENROUTE", "DELIVRD", "EXPIRED", "DELETED", "UNDELIV", "ACCEPTD", "UNKNOWN", "REJECTD"};
  auto const it = std::find(names.begin(), names.end(), state);
  return it == names.end() ? std::uint8_t{7} : static_cast<std::uint8_t>(it - names.begin());
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Smsc& smsc)
    : socket_(std::move(socket)), smsc_(smsc), group_timer_(smsc.io), enquire_timer_(smsc.io) {}

void Connection::start() {
  boost::system::error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  read();
}

void Connection::read() {
  auto const room = asio::buffer(buffer_.data() + filled_, buffer_.size() - filled_);
  socket_.async_read_some(
      room, [self = shared_from_this()](boost::system::error_code ec, std::size_t count) {
        if (ec) return self->close();
        self->on_bytes(count);
      });
}

void Connection::on_bytes(std::size_t count) {
  auto const now = realtime_ns();
  auto time_ns = filled_ > 0 ? first_byte_ns_ : now;
  filled_ += count;
  std::string_view bytes(buffer_.data(), filled_);
  while (!closed_) {
    auto const frame = sms::next_pdu(bytes);
    if (!frame) return close();
    if (!frame->pdu) break;
    on_pdu(*frame->pdu, time_ns);
    bytes.remove_prefix(frame->octets);
    time_ns = now;
  }
  first_byte_ns_ = time_ns;
  filled_ = bytes.size();
  if (filled_ > 0) std::memmove(buffer_.data(), bytes.data(), filled_);
  flush();
  smsc_.flush();
  if (!closed_) read();
}

void Connection::on_pdu(sms::Pdu const& pdu, std::int64_t time_ns) {
  auto const& h = pdu.header;
  auto const answer_empty = [&] {
    sms::encode(output_, header(response_to(h.command), Status::ok, h.sequence));
  };
  switch (h.command) {
    case Command::bind_transceiver:
    case Command::bind_receiver:
    case Command::bind_transmitter:
      return on_bind(pdu);
    case Command::submit_sm:
      return on_submit(pdu, time_ns);
    case Command::deliver_sm_resp:
      return on_deliver_answer(h);
    case Command::enquire_link:
      ++smsc_.counters.enquires;
      if (smsc_.options.mute == 0 && smsc_.options.mute_enquire == 0) answer_empty();
      return;
    case Command::unbind:
      answer_empty();
      close_after_write_ = true;
      return;
    case Command::cancel_sm:
      return answer_empty();
    case Command::generic_nack:
      ++smsc_.counters.nacks;
      return;
    case Command::enquire_link_resp:
      return;
    case Command::unbind_resp:
      return close();
    default:
      sms::encode(output_, header(Command::generic_nack, Status::invalid_command, h.sequence));
  }
}

void Connection::on_bind(sms::Pdu const& pdu) {
  auto const& options = smsc_.options;
  if (options.mute_bind != 0) return;
  auto const bind = sms::decode_bind(pdu.body);
  auto const status = bind ? static_cast<Status>(options.refuse_bind) : bind.error().status;
  auto const h = header(response_to(pdu.header.command), status, pdu.header.sequence);
  JsonLine line("bind");
  if (bind) line.text("system_id", bind->system_id);
  smsc_.log(line.number("status", static_cast<std::int64_t>(status)));
  if (status != Status::ok) {
    sms::encode(output_, h);
    close_after_write_ = true;
    return;
  }
  sms::encode(output_, h, "siaga_test_smsc");
  if (pdu.header.command != Command::bind_transmitter) smsc_.on_bound(*this);
  if (options.enquire_every > 0) ask_for_life();
}

void Connection::on_submit(sms::Pdu const& pdu, std::int64_t time_ns) {
  auto const sequence = pdu.header.sequence;
  auto const message = sms::decode_message(pdu.body);
  if (!message) {
    ++smsc_.counters.malformed;
    return sms::encode(output_, header(Command::submit_sm_resp, message.error().status, sequence));
  }
  auto const verdict = smsc_.on_submit(*message, time_ns);
  if (verdict.garbage) send_garbage(smsc_.options.garbage_kind);
  if (verdict.drop) return close();
  if (!verdict.status) return;
  auto const& options = smsc_.options;
  bool const direct = options.delay == 0 && options.jitter == 0 && options.out_of_order < 2;
  std::string late;
  auto& out = direct ? output_ : late;
  if (verdict.nack) {
    sms::encode(out, header(Command::generic_nack, *verdict.status, sequence));
  } else if (*verdict.status == Status::ok) {
    sms::encode(out, header(Command::submit_sm_resp, Status::ok, sequence), verdict.id);
  } else {
    sms::encode(out, header(Command::submit_sm_resp, *verdict.status, sequence));
  }
  if (!direct) answer(std::move(late));
}

void Connection::answer(std::string pdu) {
  auto const& options = smsc_.options;
  if (options.out_of_order >= 2) {
    group_.push_back(std::move(pdu));
    if (group_.size() >= static_cast<std::size_t>(options.out_of_order)) return release_group();
    group_timer_.expires_after(std::chrono::milliseconds(20));
    group_timer_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
      if (!ec) self->release_group();
    });
    return;
  }
  auto const wait = std::chrono::milliseconds(options.delay + smsc_.random_up_to(options.jitter));
  auto timer = std::make_shared<asio::steady_timer>(smsc_.io, wait);
  timer->async_wait(
      [self = shared_from_this(), timer, pdu = std::move(pdu)](boost::system::error_code ec) {
        if (!ec) self->write(pdu);
      });
}

void Connection::release_group() {
  std::reverse(group_.begin(), group_.end());
  for (auto const& pdu : group_) output_ += pdu;
  group_.clear();
  flush();
}

void Connection::deliver(Deliverable what) {
  auto const& options = smsc_.options;
  sms::ShortMessage message;
  message.source = address_of(what.from);
  message.destination = address_of(what.to);
  std::string text;
  std::string const id = what.id + '\0';
  std::string const state(1, static_cast<char>(state_number(what.state)));
  std::vector<sms::Option> tlvs;
  if (what.receipt) {
    message.esm_class = 0x04;
    if (options.receipt_form != "tlv") text = what.text;
    if (options.receipt_form != "text") {
      tlvs.push_back({sms::Tag::receipted_message_id, id});
      tlvs.push_back({sms::Tag::message_state, state});
    }
  } else {
    auto const segments = sms::segment(what.text, sms::Charset::gsm);
    text = what.header + segments.parts.front();
    message.esm_class = what.header.empty() ? 0 : 0x40;
    message.data_coding = segments.coding == sms::Coding::ucs2 ? 8 : 0;
  }
  message.text = text;
  auto const sequence = next_sequence();
  delivering_.emplace(sequence, what);
  std::string pdu;
  sms::encode(pdu, header(Command::deliver_sm, Status::ok, sequence), message, tlvs);
  write(pdu);
}

void Connection::on_deliver_answer(Header const& h) {
  auto const found = delivering_.find(h.sequence);
  if (found == delivering_.end()) return;
  auto what = std::move(found->second);
  delivering_.erase(found);
  JsonLine line("deliver");
  line.text("kind", what.receipt ? "receipt" : "mo").text("from", what.from).text("id", what.id);
  line.text("text", what.text).number("status", static_cast<std::int64_t>(h.status));
  smsc_.log(line);
  if (h.status == Status::ok) {
    ++smsc_.counters.delivered;
    return;
  }
  ++smsc_.counters.deliver_refused;
  if (++what.tries < redeliver_max) smsc_.deliver(std::move(what), redeliver_ms);
}

void Connection::send_garbage(std::string const& kind) {
  ++smsc_.counters.garbage;
  auto const& chosen = kind == "any" ? garbage_kind(smsc_.counters.garbage) : kind;
  JsonLine line("garbage");
  smsc_.log(line.text("kind", chosen));
  write(garbage(chosen, next_sequence()));
}

void Connection::unbind() {
  std::string pdu;
  sms::encode(pdu, header(Command::unbind, Status::ok, next_sequence()));
  write(pdu);
}

void Connection::ask_for_life() {
  enquire_timer_.expires_after(
      std::chrono::milliseconds(std::max(1L, smsc_.options.enquire_every)));
  enquire_timer_.async_wait([self = shared_from_this()](boost::system::error_code ec) {
    if (ec || self->closed_) return;
    std::string pdu;
    sms::encode(pdu, header(Command::enquire_link, Status::ok, self->next_sequence()));
    self->write(pdu);
    self->ask_for_life();
  });
}

void Connection::write(std::string_view bytes) {
  output_ += bytes;
  flush();
}

void Connection::flush() {
  if (is_writing_ || closed_) return;
  if (output_.empty()) {
    if (close_after_write_) close();
    return;
  }
  writing_.clear();
  auto const some = smsc_.options.chop == 0 ? output_.size()
                                            : 1 + static_cast<std::size_t>(smsc_.random_up_to(6));
  if (some >= output_.size()) {
    std::swap(writing_, output_);
  } else {
    writing_ = output_.substr(0, some);
    output_.erase(0, some);
  }
  is_writing_ = true;
  asio::async_write(socket_, asio::buffer(writing_),
                    [self = shared_from_this()](boost::system::error_code ec, std::size_t) {
                      self->is_writing_ = false;
                      if (ec) return self->close();
                      self->flush();
                    });
}

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  boost::system::error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
  socket_.close(ignored);
  group_timer_.cancel();
  enquire_timer_.cancel();
  smsc_.on_closed(*this);
  auto const unanswered = std::move(delivering_);
  delivering_.clear();
  for (auto const& [sequence, what] : unanswered) smsc_.deliver(what, 0);
  JsonLine line("closed");
  smsc_.log(line);
  smsc_.flush();
}

}  // namespace siaga::smsc
