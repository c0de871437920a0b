#include "protocols/sms/smpp/session.hpp"

#include <algorithm>
#include <vector>

#include "gateway/base/log.hpp"
#include "protocols/sms/smpp/encode.hpp"
#include "protocols/sms/smpp/status.hpp"

namespace siaga::sms {
namespace {

constexpr milliseconds life_sign_max{10000};  // for bind, enquire_link and unbind
constexpr milliseconds goodbye_max{2000};
constexpr milliseconds late_max = std::chrono::minutes(10);

Command bind_of(Role role) {
  if (role == Role::transmitter) return Command::bind_transmitter;
  return role == Role::receiver ? Command::bind_receiver : Command::bind_transceiver;
}

// A nack of our own request: the request is at fault, whatever its status says.
Status status_of(Header const& answer) {
  bool const is_nack = answer.command == Command::generic_nack;
  return is_nack && answer.status == Status::ok ? Status::invalid_command : answer.status;
}

}  // namespace

void Session::open(SteadyTime now) {
  state_ = State::opening;
  heard_ = now;
  asked_ = next_sequence();
  answer_due_ = now + std::min(rules_.response_timeout, life_sign_max);
  Header header;
  header.command = bind_of(rules_.role);
  header.sequence = asked_;
  Bind bind;
  bind.interface_version = rules_.interface_version;
  bind.system_id = rules_.system_id;
  bind.password = rules_.password;
  bind.system_type = rules_.system_type;
  encode(output_, header, bind);
}

std::size_t Session::receive(std::string_view bytes, SteadyTime now) {
  std::size_t taken = 0;
  while (state_ != State::over) {
    auto const frame = next_pdu(bytes.substr(taken));
    if (!frame) {
      write(Command::generic_nack, frame.error().status, 0);
      end(Error(Errc::protocol_violated,
                std::string("garbage from the SMSC: ") + frame.error().why));
      return bytes.size();
    }
    if (!frame->pdu) break;
    taken += frame->octets;
    heard_ = now;
    receive_pdu(*frame->pdu, now);
  }
  return taken;
}

void Session::receive_pdu(Pdu const& pdu, SteadyTime now) {
  auto const& header = pdu.header;
  // Anything heard while we ask for a sign of life is one, though not yet the answer.
  if (bound() && answer_due_) answer_due_ = now + std::min(rules_.response_timeout, life_sign_max);
  if (!is_known(header.command))
    return write(Command::generic_nack, Status::invalid_command, header.sequence);
  if (is_response(header.command)) return receive_response(pdu);
  receive_request(pdu);
}

void Session::receive_request(Pdu const& pdu) {
  auto const& header = pdu.header;
  switch (header.command) {
    case Command::enquire_link:
      return write(Command::enquire_link_resp, Status::ok, header.sequence);
    case Command::deliver_sm:
    case Command::data_sm:
      return receive_message(pdu);
    case Command::unbind:
      return leave_when_answered(header.sequence);
    case Command::alert_notification:
    case Command::outbind:
      return;
    default:
      return write(Command::generic_nack, Status::invalid_command, header.sequence);
  }
}

void Session::receive_message(Pdu const& pdu) {
  auto const sequence = pdu.header.sequence;
  bool const as_data = pdu.header.command == Command::data_sm;
  if (as_data) data_.insert(sequence);
  if (state_ != State::bound && state_ != State::unbinding && !leaving())
    return answer(sequence, Status::invalid_bind_state);
  auto const message = as_data ? decode_data(pdu.body) : decode_message(pdu.body);
  if (!message) return answer(sequence, message.error().status);
  owner_.on_deliver(sequence, *message);
}

void Session::receive_response(Pdu const& pdu) {
  if (receive_answer(pdu)) return;
  if (pdu.header.sequence != asked_ || !answer_due_)
    return log::debug("smpp_answer_to_nothing",
                      {{"sequence", std::to_string(pdu.header.sequence)},
                       {"command", std::to_string(static_cast<unsigned>(pdu.header.command))}});
  if (state_ == State::opening) return receive_bind_answer(pdu);
  if (state_ == State::unbinding)
    return end(Error(Errc::cancelled, "stopped; the SMSC has said goodbye"));
  if (bound()) answer_due_.reset();
}

bool Session::receive_answer(Pdu const& pdu) {
  auto const& header = pdu.header;
  auto& where = flights_.contains(header.sequence) ? flights_ : late_;
  auto const found = where.find(header.sequence);
  if (found == where.end()) return false;
  if (header.command != response_to(found->second.command) &&
      header.command != Command::generic_nack)
    return false;
  auto const flight = found->second;
  where.erase(found);
  if (flights_.empty()) flights_due_ = SteadyTime::max();
  tell(flight, pdu);
  if (leaving() && flights_.empty()) leave();
  return true;
}

void Session::tell(Flight const& flight, Pdu const& pdu) {
  auto const status = status_of(pdu.header);
  if (flight.command == Command::submit_sm) {
    auto const congestion = option_number(options_after_text(pdu.body), Tag::congestion_state);
    owner_.on_answer(flight.ticket, {status, first_text(pdu.body), congestion});
  } else {
    auto const state = decode_query_resp(pdu.body);
    owner_.on_told(flight.ticket, {flight.command, status, state ? state->state : std::uint8_t{0}});
  }
  if (status == Status::invalid_bind_state && bound())
    lose(Error(Errc::connection_lost, "the SMSC no longer counts us as bound"));
}

void Session::receive_bind_answer(Pdu const& pdu) {
  answer_due_.reset();
  if (pdu.header.command == response_to(bind_of(rules_.role)) && pdu.header.status == Status::ok) {
    state_ = State::bound;
    return owner_.on_bound();
  }
  auto const status = status_of(pdu.header);
  configuration_fault_ = is_configuration_fault(status);
  if (status == Status::ok)
    return end(Error(Errc::protocol_violated, "the SMSC answered another bind than ours"));
  end(Error(Errc::refused_by_peer, "the SMSC refused the bind: " + text_of(status)));
}

void Session::submit(ShortMessage const& message, Ticket ticket, SteadyTime now) {
  Header header;
  header.command = Command::submit_sm;
  header.sequence = depart(header.command, ticket, now);
  encode(output_, header, message);
}

void Session::ask(Command question, MessageName const& name, Ticket ticket, SteadyTime now) {
  Header header;
  header.command = question;
  header.sequence = depart(question, ticket, now);
  encode(output_, header, name);
}

std::uint32_t Session::depart(Command command, Ticket ticket, SteadyTime now) {
  auto const sequence = next_sequence();
  auto const due = now + rules_.response_timeout;
  flights_.emplace(sequence, Flight{command, ticket, due});
  flights_due_ = std::min(flights_due_, due);
  return sequence;
}

void Session::answer(std::uint32_t sequence, Status status) {
  if (state_ == State::over) return;
  Header header;
  header.command = data_.erase(sequence) > 0 ? Command::data_sm_resp : Command::deliver_sm_resp;
  header.status = status;
  header.sequence = sequence;
  encode(output_, header, std::string_view());
}

// What it has taken and not answered yet would be in doubt.
void Session::leave_when_answered(std::uint32_t sequence) {
  peers_unbind_ = sequence;
  if (!bound() || flights_.empty()) return leave();
  state_ = State::leaving;
  answer_due_ = heard_ + std::min(rules_.response_timeout, goodbye_max);
}

void Session::leave() {
  write(Command::unbind_resp, Status::ok, peers_unbind_);
  end(Error(Errc::connection_lost, "the SMSC ended the session"));
}

void Session::unbind(SteadyTime now) {
  if (leaving()) return;
  if (state_ != State::bound) return end(Error(Errc::cancelled, "stopped"));
  state_ = State::unbinding;
  asked_ = next_sequence();
  answer_due_ = now + std::min(rules_.response_timeout, goodbye_max);
  write(Command::unbind, Status::ok, asked_);
}

void Session::tick(SteadyTime now) {
  if (state_ == State::idle || state_ == State::over) return;
  if (answer_due_ && now >= *answer_due_) {
    if (leaving()) return leave();
    char const* silent = state_ == State::opening ? "the SMSC does not answer the bind"
                         : state_ == State::bound ? "the SMSC does not answer enquire_link"
                                                  : "stopped; the SMSC did not answer unbind";
    output_.clear();
    return end(Error(Errc::timed_out, silent));
  }
  if (now >= flights_due_) end_overdue_flights(now);
  if (now >= late_due_) forget_late(now);
  if (bound() && !answer_due_ && now >= heard_ + rules_.enquire_every) ask_for_life(now);
}

// One late answer is not a dead link; the enquire_link that follows tells.
void Session::end_overdue_flights(SteadyTime now) {
  std::vector<Flight> overdue;
  flights_due_ = SteadyTime::max();
  for (auto it = flights_.begin(); it != flights_.end();) {
    auto& flight = it->second;
    if (flight.due > now) {
      flights_due_ = std::min(flights_due_, flight.due);
      ++it;
      continue;
    }
    overdue.push_back(flight);
    if (flight.command == Command::submit_sm) {
      flight.due = now + late_max;
      late_due_ = std::min(late_due_, flight.due);
      late_.insert(*it);
    }
    it = flights_.erase(it);
  }
  if (!overdue.empty() && bound() && !answer_due_) ask_for_life(now);
  for (auto const& flight : overdue) give_up(flight);
}

void Session::give_up(Flight const& flight) {
  if (flight.command == Command::submit_sm)
    owner_.on_unanswered(flight.ticket);
  else
    owner_.on_told(flight.ticket, {flight.command, Status::system_error, 0});
}

void Session::forget_late(SteadyTime now) {
  std::erase_if(late_, [&](auto const& one) { return one.second.due <= now; });
  late_due_ = SteadyTime::max();
  for (auto const& [sequence, flight] : late_) late_due_ = std::min(late_due_, flight.due);
}

void Session::ask_for_life(SteadyTime now) {
  asked_ = next_sequence();
  answer_due_ = now + std::min(rules_.response_timeout, life_sign_max);
  write(Command::enquire_link, Status::ok, asked_);
}

SteadyTime Session::next_due() const {
  if (state_ == State::idle || state_ == State::over) return SteadyTime::max();
  auto due = std::min(flights_due_, late_due_);
  if (answer_due_) {
    due = std::min(due, *answer_due_);
  } else if (bound()) {
    due = std::min(due, heard_ + rules_.enquire_every);
  }
  return due;
}

void Session::lose(Error const& why) {
  if (state_ == State::over) return;
  output_.clear();
  end(why);
}

void Session::end(Error why) {
  if (state_ == State::over) return;
  state_ = State::over;
  why_ = std::move(why);
  auto const flights = std::move(flights_);
  flights_.clear();
  late_.clear();
  for (auto const& [sequence, flight] : flights) give_up(flight);
}

void Session::write(Command command, Status status, std::uint32_t sequence) {
  Header header;
  header.command = command;
  header.status = status;
  header.sequence = sequence;
  encode(output_, header);
}

std::uint32_t Session::next_sequence() {
  return sequence_.next([this](std::uint32_t number) {
    return flights_.contains(number) || late_.contains(number) || (answer_due_ && number == asked_);
  });
}

}  // namespace siaga::sms
