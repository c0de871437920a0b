#include "tests/peers/smsc/connection.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"
#include "tests/peers/smsc/garbage.hpp"
#include "tests/peers/smsc/operations.hpp"
#include "tests/peers/smsc/received.hpp"

namespace siaga::smsc {
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

// An answer to a submit: its id as the options have it, and how busy we are.
void encode_answer(std::string& out, Header const& h, Smsc::Verdict const& verdict,
                   std::string_view id_form) {
  auto const begin = out.size();
  if (h.status != Status::ok || id_form == "missing") {
    sms::encode(out, h);
  } else {
    sms::encode(out, h, verdict.id);
    if (id_form == "bare") out.pop_back();
  }
  if (verdict.congestion)
    sms::put_option(out, sms::Tag::congestion_state,
                    std::string(1, static_cast<char>(*verdict.congestion)));
  auto const length = out.size() - begin;
  for (std::size_t i = 0; i < 4; ++i)
    out[begin + i] = static_cast<char>(static_cast<unsigned char>(length >> (24 - 8 * i)));
}

}  // namespace

Connection::Connection(std::unique_ptr<Wire> wire, Smsc& smsc)
    : wire_(std::move(wire)), smsc_(smsc), group_timer_(smsc.io), enquire_timer_(smsc.io) {}

void Connection::start() {
  wire_->open([self = shared_from_this()](boost::system::error_code ec) {
    if (ec) return self->close();
    self->read();
  });
}

void Connection::read() {
  wire_->read_some(buffer_.data() + filled_, buffer_.size() - filled_,
                   [self = shared_from_this()](boost::system::error_code ec, std::size_t count) {
                     if (ec) return self->close();
                     self->on_bytes(count);
                   });
}

void Connection::on_bytes(std::size_t count) {
  auto const now = realtime_ns();
  auto time_ns = filled_ > 0 ? first_byte_ns_ : now;
  filled_ += count;
  std::string_view bytes(buffer_.data(), filled_);
  while (!closed_ && !close_after_write_) {
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
  auto const answer_bare = [&](Status status) {
    sms::encode(output_, header(response_to(h.command), status, h.sequence));
  };
  if (h.command == Command::submit_sm || h.command == Command::data_sm)
    return on_submit(pdu, time_ns);
  if (auto const operation = answer_operation(pdu, smsc_)) {
    if (!may_submit()) return answer_bare(Status::invalid_bind_state);
    output_ += *operation;
    return;
  }
  switch (h.command) {
    case Command::bind_transceiver:
    case Command::bind_receiver:
    case Command::bind_transmitter:
      return on_bind(pdu);
    case Command::deliver_sm_resp:
    case Command::data_sm_resp:
      return on_deliver_answer(h);
    case Command::enquire_link:
      ++smsc_.counters.enquires;
      if (smsc_.options.mute == 0 && smsc_.options.mute_enquire == 0) answer_bare(Status::ok);
      return;
    case Command::unbind:
      answer_bare(Status::ok);
      close_after_write_ = true;
      return;
    case Command::generic_nack:
      ++smsc_.counters.nacks;
      return;
    case Command::enquire_link_resp:
      ++smsc_.counters.alive;
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
  auto status = bind ? static_cast<Status>(options.refuse_bind) : bind.error().status;
  if (status == Status::ok && (mode_ != Mode::unbound || !smsc_.may_bind()))
    status = Status::already_bound;
  auto const command = pdu.header.command;
  JsonLine line("bind");
  if (bind) line.text("system_id", bind->system_id);
  line.text("mode", command == Command::bind_receiver      ? "receiver"
                    : command == Command::bind_transmitter ? "transmitter"
                                                           : "transceiver");
  smsc_.log(line.number("status", static_cast<std::int64_t>(status)));
  auto const h = header(response_to(command), status, pdu.header.sequence);
  if (options.bind_delay == 0) return answer_bind(h);
  smsc_.later.after(std::chrono::milliseconds(options.bind_delay), [self = shared_from_this(), h] {
    self->answer_bind(h);
    self->flush();
  });
}

void Connection::answer_bind(Header const& h) {
  if (closed_) return;
  if (h.status != Status::ok) {
    sms::encode(output_, h);
    if (mode_ == Mode::unbound) close_after_write_ = true;
    return;
  }
  sms::encode(output_, h, "siaga_test_smsc");
  mode_ = h.command == Command::bind_receiver_resp      ? Mode::receiver
          : h.command == Command::bind_transmitter_resp ? Mode::transmitter
                                                        : Mode::transceiver;
  smsc_.on_bound(*this, mode_ != Mode::transmitter);
  if (smsc_.options.enquire_every > 0) ask_for_life();
}

void Connection::on_submit(sms::Pdu const& pdu, std::int64_t time_ns) {
  auto const refuse = [&](Status status) {
    sms::encode(output_, header(response_to(pdu.header.command), status, pdu.header.sequence));
  };
  if (!may_submit()) return refuse(Status::invalid_bind_state);
  auto const message = pdu.header.command == Command::data_sm ? sms::decode_data(pdu.body)
                                                              : sms::decode_message(pdu.body);
  if (!message) {
    ++smsc_.counters.malformed;
    return refuse(message.error().status);
  }
  auto const verdict = smsc_.on_submit(*message, unanswered_, time_ns);
  if (verdict.garbage) send_garbage(smsc_.options.garbage_kind);
  if (verdict.status) answer_submit(pdu, verdict);
  if (verdict.drop) return end_as_told();
  if (verdict.unbind) unbind();
}

void Connection::end_as_told() {
  auto const& how = smsc_.options.drop_how;
  if (how == "reset") wire_->reset();
  if (how != "answered") return close();
  close_after_write_ = true;
}

void Connection::answer_submit(sms::Pdu const& pdu, Smsc::Verdict const& verdict) {
  auto const& options = smsc_.options;
  auto const command = verdict.nack ? Command::generic_nack : response_to(pdu.header.command);
  auto const h = header(command, *verdict.status, pdu.header.sequence);
  bool const direct =
      options.delay == 0 && options.jitter == 0 && options.out_of_order < 2 && options.late == 0;
  std::string held_back;
  auto& out = direct ? output_ : held_back;
  encode_answer(out, h, verdict, options.id_form);
  if (smsc_.chance(options.answer_twice)) encode_answer(out, h, verdict, options.id_form);
  if (direct) return;
  ++unanswered_;
  answer(std::move(held_back));
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
  auto const late_by = smsc_.chance(options.late) ? options.late_by : 0;
  auto const wait = options.delay + smsc_.random_up_to(options.jitter) + late_by;
  smsc_.later.after(std::chrono::milliseconds(wait),
                    [self = shared_from_this(), pdu = std::move(pdu)] {
                      --self->unanswered_;
                      self->write(pdu);
                    });
}

void Connection::release_group() {
  std::reverse(group_.begin(), group_.end());
  for (auto const& pdu : group_) output_ += pdu;
  unanswered_ -= group_.size();
  group_.clear();
  flush();
}

void Connection::deliver(Deliverable what) {
  auto const sequence = next_sequence();
  auto const pdu = deliver_pdu(what, sequence, smsc_.options);
  delivering_.emplace(sequence, std::move(what));
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
  wire_->write(writing_, [self = shared_from_this()](boost::system::error_code ec, std::size_t) {
    self->is_writing_ = false;
    if (ec) return self->close();
    self->flush();
  });
}

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  wire_->close();
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
