#include "protocols/sms/smpp/session.hpp"

#include <deque>

#include "protocols/sms/smpp/encode.hpp"
#include "tests/support/catch.hpp"

namespace siaga::sms {
namespace {

SteadyTime at(std::int64_t ms) {
  return SteadyTime(milliseconds(1'000'000 + ms));
}

struct Owner final : SessionOwner {
  int bound = 0;
  std::vector<std::string> answers;  // "submission/part status id"
  std::vector<std::string> told_of;  // "submission status state N"
  std::optional<std::uint32_t> congestion;
  std::vector<std::uint64_t> unanswered;
  std::vector<std::string> delivered;
  std::vector<std::uint32_t> to_answer;

  void on_bound() override { ++bound; }
  void on_answer(Ticket t, SubmitAnswer const& answer) override {
    answers.push_back(std::to_string(t.submission) + "/" + std::to_string(t.part) + " " +
                      std::to_string(static_cast<std::uint32_t>(answer.status)) + " " +
                      std::string(answer.message_id));
    congestion = answer.congestion;
  }
  void on_told(Ticket t, Told told) override {
    told_of.push_back(std::to_string(t.submission) + " " +
                      std::to_string(static_cast<std::uint32_t>(told.status)) + " state " +
                      std::to_string(told.state));
  }
  void on_unanswered(Ticket t) override { unanswered.push_back(t.submission); }
  void on_deliver(std::uint32_t sequence, ShortMessage const& m) override {
    to_answer.push_back(sequence);
    delivered.emplace_back(m.text);
  }
};

// Both ends of a conversation: what the session wrote is taken apart, what the SMSC says is built.
struct Talk {
  Owner owner;
  SessionRules rules;
  std::unique_ptr<Session> session;
  std::deque<Header> wrote;

  explicit Talk(std::size_t window = 2) {
    rules.system_id = "siaga";
    rules.password = "secret";
    rules.window = window;
    rules.response_timeout = milliseconds(8000);
    rules.enquire_every = milliseconds(30000);
    session = std::make_unique<Session>(rules, owner);
    session->open(at(0));
  }
  void collect() {
    std::string_view bytes = session->output();
    for (;;) {
      auto const frame = next_pdu(bytes);
      REQUIRE(frame.has_value());
      if (!frame->pdu) break;
      wrote.push_back(frame->pdu->header);
      bytes.remove_prefix(frame->octets);
    }
    REQUIRE(bytes.empty());
    session->output().clear();
  }
  Header next() {
    collect();
    REQUIRE_FALSE(wrote.empty());
    auto const first = wrote.front();
    wrote.pop_front();
    return first;
  }
  bool silent() {
    collect();
    return wrote.empty();
  }
  void say(Command command, std::uint32_t sequence, std::int64_t ms, Status status = Status::ok,
           std::string_view text = {}) {
    Header h;
    h.command = command;
    h.status = status;
    h.sequence = sequence;
    std::string bytes;
    if (text.empty()) {
      encode(bytes, h);
    } else {
      encode(bytes, h, text);
    }
    CHECK(session->receive(bytes, at(ms)) == bytes.size());
  }
  void bind() {
    auto const h = next();
    REQUIRE(h.command == Command::bind_transceiver);
    say(Command::bind_transceiver_resp, h.sequence, 1, Status::ok, "smsc");
    REQUIRE(session->bound());
  }
  std::uint32_t submit(std::uint64_t name, std::int64_t ms) {
    ShortMessage m;
    m.text = "halo";
    Ticket ticket;
    ticket.submission = name;
    session->submit(m, ticket, at(ms));
    auto const h = next();
    REQUIRE(h.command == Command::submit_sm);
    return h.sequence;
  }
  void deliver(std::uint32_t sequence, std::string_view text, std::int64_t ms) {
    Header h;
    h.command = Command::deliver_sm;
    h.sequence = sequence;
    ShortMessage m;
    m.text = text;
    std::string bytes;
    encode(bytes, h, m);
    (void)session->receive(bytes, at(ms));
  }
};

}  // namespace

TEST_CASE("a bind that is accepted opens the window", "[sms]") {
  Talk talk;
  CHECK_FALSE(talk.session->has_room());
  talk.bind();
  CHECK(talk.owner.bound == 1);
  CHECK(talk.session->has_room());
}

TEST_CASE("a refused bind ends the session and says whether waiting can help", "[sms]") {
  struct Refusal {
    Status status;
    bool configuration;
  };
  for (auto const& refusal :
       {Refusal{Status::invalid_password, true}, Refusal{Status::bind_failed, true},
        Refusal{Status::invalid_system_id, true}, Refusal{Status::invalid_command, true},
        Refusal{Status::already_bound, false}, Refusal{Status::system_error, false}}) {
    Talk talk;
    auto const h = talk.next();
    talk.say(Command::bind_transceiver_resp, h.sequence, 1, refusal.status);
    CHECK(talk.session->over());
    CHECK(talk.session->why().is(Errc::refused_by_peer));
    CHECK(talk.session->refused_for_configuration() == refusal.configuration);
  }
}

TEST_CASE("a bind refused by generic_nack or never answered ends the session", "[sms]") {
  Talk nacked;
  nacked.say(Command::generic_nack, nacked.next().sequence, 1, Status::invalid_command);
  CHECK(nacked.session->over());
  Talk wordless;
  wordless.say(Command::generic_nack, wordless.next().sequence, 1, Status::ok);
  CHECK(wordless.session->why().detail == "the SMSC refused the bind: invalid command (0x03)");
  Talk crossed;
  crossed.say(Command::bind_receiver_resp, crossed.next().sequence, 1, Status::ok, "smsc");
  CHECK_FALSE(crossed.session->bound());
  CHECK(crossed.session->why().detail == "the SMSC answered another bind than ours");
  Talk silent;
  CHECK(silent.session->next_due() == at(8000));
  silent.session->tick(at(7999));
  CHECK_FALSE(silent.session->over());
  silent.session->tick(at(8000));
  CHECK(silent.session->over());
  CHECK(silent.session->why().is(Errc::timed_out));
}

TEST_CASE("answers find their submits in any order, once, and free the window", "[sms]") {
  Talk talk;
  talk.bind();
  auto const first = talk.submit(1, 10), second = talk.submit(2, 10);
  CHECK_FALSE(talk.session->has_room());
  talk.say(Command::submit_sm_resp, second, 20, Status::ok, "b");
  talk.say(Command::submit_sm_resp, first, 20, Status::throttled);
  talk.say(Command::submit_sm_resp, first, 20, Status::ok, "again");
  talk.say(Command::submit_sm_resp, 999, 20, Status::ok, "unknown");
  CHECK(talk.owner.answers == std::vector<std::string>{"2/0 0 b", "1/0 88 "});
  CHECK(talk.session->has_room());
}

TEST_CASE("a nack of our own submit is an answer that is no success", "[sms]") {
  Talk talk;
  talk.bind();
  talk.say(Command::generic_nack, talk.submit(1, 10), 20, Status::ok);
  CHECK(talk.owner.answers == std::vector<std::string>{"1/0 3 "});
}

TEST_CASE("a late answer leaves the outcome unknown but the link up while the SMSC lives",
          "[sms]") {
  Talk talk;
  talk.bind();
  auto const sequence = talk.submit(1, 10);
  CHECK(talk.session->next_due() == at(8010));
  talk.session->tick(at(8010));
  CHECK(talk.owner.unanswered == std::vector<std::uint64_t>{1});
  auto const asked = talk.next();
  CHECK(asked.command == Command::enquire_link);
  talk.say(Command::enquire_link_resp, asked.sequence, 8020);
  talk.session->tick(at(20000));
  CHECK(talk.session->bound());
  CHECK(talk.session->has_room());
  talk.say(Command::submit_sm_resp, sequence, 20001, Status::ok, "late");
  CHECK(talk.owner.answers == std::vector<std::string>{"1/0 0 late"});
}

TEST_CASE("an answer later than ten minutes finds nothing any more", "[sms]") {
  Talk talk;
  talk.bind();
  auto const sequence = talk.submit(1, 10);
  for (std::int64_t ms = 8010; ms <= 8010 + 600'000; ms += 5'000) {
    talk.session->tick(at(ms));
    talk.say(Command::enquire_link, 7, ms);
  }
  talk.say(Command::submit_sm_resp, sequence, 8010 + 600'001, Status::ok, "late");
  CHECK(talk.owner.answers.empty());
}

TEST_CASE("a second answer to one submit is dropped", "[sms]") {
  Talk talk;
  talk.bind();
  auto const sequence = talk.submit(1, 10);
  talk.say(Command::submit_sm_resp, sequence, 20, Status::ok, "one");
  talk.say(Command::submit_sm_resp, sequence, 21, Status::ok, "two");
  CHECK(talk.owner.answers == std::vector<std::string>{"1/0 0 one"});
}

TEST_CASE("a session binds in its role, with its version, and a receiver submits nothing",
          "[sms]") {
  for (auto const& [role, asks, answers] :
       {std::tuple(Role::transmitter, Command::bind_transmitter, Command::bind_transmitter_resp),
        std::tuple(Role::receiver, Command::bind_receiver, Command::bind_receiver_resp)}) {
    Owner owner;
    SessionRules rules;
    rules.role = role;
    rules.interface_version = 0x50;
    Session session(rules, owner);
    session.open(at(0));
    auto const frame = next_pdu(session.output());
    REQUIRE(frame.has_value());
    REQUIRE(frame->pdu);
    CHECK(frame->pdu->header.command == asks);
    CHECK(decode_bind(frame->pdu->body)->interface_version == 0x50);
    Header h;
    h.command = answers;
    h.sequence = frame->pdu->header.sequence;
    std::string bytes;
    encode(bytes, h, "smsc");
    (void)session.receive(bytes, at(1));
    CHECK(session.bound());
    CHECK(session.has_room() == (role == Role::transmitter));
  }
}

TEST_CASE("what comes as data_sm is a message too, and is answered as data_sm", "[sms]") {
  Talk talk;
  talk.bind();
  Header h;
  h.command = Command::data_sm;
  h.sequence = 77;
  ShortMessage m;
  std::string bytes;
  Option const payload{Tag::message_payload, "SIAP 4821"};
  encode(bytes, h, m, {&payload, 1});
  (void)talk.session->receive(bytes, at(10));
  CHECK(talk.owner.to_answer == std::vector<std::uint32_t>{77});
  talk.session->answer(77, Status::ok);
  auto const answered = talk.next();
  CHECK(answered.command == Command::data_sm_resp);
  CHECK(answered.sequence == 77);
}

TEST_CASE("the congestion an SMSC tells of in an answer is passed on", "[sms]") {
  Talk talk;
  talk.bind();
  Header h;
  h.command = Command::submit_sm_resp;
  h.sequence = talk.submit(1, 10);
  std::string body("id\0", 3);
  put_option(body, Tag::congestion_state, "\x5f");
  std::string bytes;
  encode(bytes, h, std::string_view("id"));
  bytes.resize(16);
  bytes += body;
  bytes[3] = static_cast<char>(bytes.size());
  (void)talk.session->receive(bytes, at(20));
  CHECK(talk.owner.answers == std::vector<std::string>{"1/0 0 id"});
  CHECK(talk.owner.congestion == 0x5FU);
}

TEST_CASE("questions take room in the window, and one nobody answers is told as failed", "[sms]") {
  Talk talk(1);
  talk.bind();
  MessageName name;
  name.message_id = "4f2a";
  talk.session->ask(Command::query_sm, name, Ticket{5, 0}, at(10));
  CHECK_FALSE(talk.session->has_room());
  auto const query = talk.next();
  CHECK(query.command == Command::query_sm);
  Header h;
  h.command = Command::query_sm_resp;
  h.sequence = query.sequence;
  QueryAnswer answer;
  answer.message_id = "4f2a";
  answer.state = 2;
  std::string bytes;
  encode(bytes, h, answer);
  (void)talk.session->receive(bytes, at(20));
  talk.session->ask(Command::cancel_sm, name, Ticket{6, 0}, at(30));
  talk.session->tick(at(8030));
  CHECK(talk.owner.told_of == std::vector<std::string>{"5 0 state 2", "6 8 state 0"});
  CHECK(talk.owner.unanswered.empty());
  CHECK(talk.session->has_room());
}

TEST_CASE("an idle link is asked for life and ended when it has none", "[sms]") {
  Talk talk;
  talk.bind();
  CHECK(talk.session->next_due() == at(30001));
  talk.session->tick(at(30001));
  CHECK(talk.next().command == Command::enquire_link);
  talk.session->tick(at(38000));
  CHECK(talk.session->bound());
  talk.session->tick(at(38001));
  CHECK(talk.session->over());
  CHECK(talk.session->why().is(Errc::timed_out));
}

TEST_CASE("a busy link is never asked for life", "[sms]") {
  Talk talk;
  talk.bind();
  for (std::int64_t ms = 10; ms < 200000; ms += 20000) {
    talk.say(Command::submit_sm_resp, talk.submit(1, ms), ms + 1, Status::ok, "x");
    talk.session->tick(at(ms + 2));
  }
  CHECK(talk.silent());
}

TEST_CASE("the peer's enquire_link is always answered, with its own number", "[sms]") {
  Talk talk;
  talk.bind();
  talk.submit(1, 10);
  talk.submit(2, 10);
  talk.say(Command::enquire_link, 0x806A179B, 20);
  auto const h = talk.next();
  CHECK(h.command == Command::enquire_link_resp);
  CHECK(h.sequence == 0x806A179B);
}

TEST_CASE("what is delivered is answered by its owner, not before", "[sms]") {
  Talk talk;
  talk.bind();
  talk.deliver(7, "SIAP 4821", 10);
  CHECK(talk.owner.delivered == std::vector<std::string>{"SIAP 4821"});
  CHECK(talk.silent());
  talk.session->answer(7, Status::temporary_app_error);
  auto const h = talk.next();
  CHECK(h.command == Command::deliver_sm_resp);
  CHECK(h.sequence == 7);
  CHECK(h.status == Status::temporary_app_error);
}

TEST_CASE("a delivery before the bind is refused", "[sms]") {
  Talk talk;
  (void)talk.next();
  talk.deliver(7, "x", 10);
  CHECK(talk.owner.delivered.empty());
  CHECK(talk.next().status == Status::invalid_bind_state);
}

TEST_CASE("a malformed delivery is refused and the session goes on", "[sms]") {
  Talk talk;
  talk.bind();
  Header h;
  h.command = Command::deliver_sm;
  h.sequence = 8;
  std::string bytes;
  encode(bytes, h, std::string_view("no message"));
  (void)talk.session->receive(bytes, at(10));
  CHECK(talk.owner.delivered.empty());
  auto const answer = talk.next();
  CHECK(answer.command == Command::deliver_sm_resp);
  CHECK(answer.status == Status::invalid_message_length);
  CHECK(talk.session->bound());
}

TEST_CASE("an unknown command is nacked and the session goes on", "[sms]") {
  Talk talk;
  talk.bind();
  talk.say(static_cast<Command>(0x77), 5, 10);
  auto const h = talk.next();
  CHECK(h.command == Command::generic_nack);
  CHECK(h.status == Status::invalid_command);
  CHECK(h.sequence == 5);
  CHECK(talk.session->bound());
}

TEST_CASE("a lost frame is nacked and ends the session", "[sms]") {
  Talk talk;
  talk.bind();
  talk.submit(1, 10);
  (void)talk.session->receive("HTTP/1.1 400 Bad Request", at(20));
  auto const h = talk.next();
  CHECK(h.command == Command::generic_nack);
  CHECK(h.status == Status::invalid_command_length);
  CHECK(talk.session->over());
  CHECK(talk.session->why().is(Errc::protocol_violated));
  CHECK(talk.owner.unanswered == std::vector<std::uint64_t>{1});
}

TEST_CASE("the peer's unbind is answered and ends the session", "[sms]") {
  Talk talk;
  talk.bind();
  talk.say(Command::unbind, 3, 10);
  CHECK(talk.next().command == Command::unbind_resp);
  CHECK(talk.session->over());
  CHECK(talk.session->why().is(Errc::connection_lost));
}

TEST_CASE("what the peer has still to answer is waited for when it unbinds, but not for ever",
          "[sms]") {
  Talk talk;
  talk.bind();
  auto const first = talk.submit(1, 10), second = talk.submit(2, 10);
  talk.say(Command::unbind, 77, 20);
  CHECK(talk.silent());
  CHECK_FALSE(talk.session->has_room());
  CHECK(talk.session->next_due() == at(2020));
  talk.say(Command::submit_sm_resp, second, 30, Status::ok, "b");
  talk.deliver(5, "SIAP 4821", 30);
  CHECK(talk.owner.delivered.size() == 1);
  CHECK(talk.silent());
  SECTION("until all is answered") {
    talk.say(Command::submit_sm_resp, first, 40, Status::ok, "a");
    CHECK(talk.owner.answers.size() == 2);
    CHECK(talk.owner.unanswered.empty());
  }
  SECTION("or the time is up") {
    talk.session->tick(at(2019));
    CHECK_FALSE(talk.session->over());
    talk.session->tick(at(2020));
    CHECK(talk.owner.unanswered == std::vector<std::uint64_t>{1});
  }
  SECTION("or the peer unbinds again") {
    talk.say(Command::unbind, 77, 40);
    CHECK(talk.owner.unanswered == std::vector<std::uint64_t>{1});
  }
  auto const goodbye = talk.next();
  CHECK(goodbye.command == Command::unbind_resp);
  CHECK(goodbye.sequence == 77);
  CHECK(talk.session->over());
  CHECK(talk.session->why().is(Errc::connection_lost));
}

TEST_CASE("our unbind waits for its answer, but not for ever", "[sms]") {
  Talk polite;
  polite.bind();
  polite.session->unbind(at(10));
  auto const h = polite.next();
  CHECK(h.command == Command::unbind);
  CHECK_FALSE(polite.session->over());
  polite.say(Command::unbind_resp, h.sequence, 20);
  CHECK(polite.session->over());
  Talk rude;
  rude.bind();
  rude.session->unbind(at(10));
  rude.session->tick(at(2010));
  CHECK(rude.session->over());
}

TEST_CASE("PDUs that come in pieces of any size are read the same", "[sms]") {
  Talk talk;
  talk.bind();
  std::string bytes, rest;
  for (std::uint32_t i = 0; i < 3; ++i) {
    Header h;
    h.command = Command::deliver_sm;
    h.sequence = i;
    ShortMessage m;
    m.text = "SIAP";
    encode(bytes, h, m);
  }
  for (char const c : bytes) {
    rest.push_back(c);
    rest.erase(0, talk.session->receive(rest, at(10)));
  }
  CHECK(talk.owner.delivered.size() == 3);
  CHECK(rest.empty());
}

TEST_CASE("a submit answered as if not bound ends the session, to bind anew", "[sms]") {
  Talk talk;
  talk.bind();
  auto const sequence = talk.submit(1, 10);
  talk.submit(2, 10);
  talk.say(Command::submit_sm_resp, sequence, 20, Status::invalid_bind_state);
  CHECK(talk.owner.answers.size() == 1);
  CHECK(talk.owner.unanswered == std::vector<std::uint64_t>{2});
  CHECK(talk.session->over());
  CHECK_FALSE(talk.session->refused_for_configuration());
}

TEST_CASE("losing the connection at any step tells of every submit once", "[sms]") {
  for (int step = 0; step < 4; ++step) {
    Talk talk;
    if (step > 0) talk.bind();
    if (step > 1) talk.submit(1, 10);
    if (step > 2) talk.submit(2, 10);
    talk.session->lose(Error(Errc::connection_lost, "gone"));
    CHECK(talk.session->over());
    CHECK(talk.session->output().empty());
    CHECK(talk.owner.unanswered.size() == static_cast<std::size_t>(std::max(0, step - 1)));
    talk.session->tick(at(999999));
    CHECK(talk.session->next_due() == SteadyTime::max());
  }
}

}  // namespace siaga::sms
