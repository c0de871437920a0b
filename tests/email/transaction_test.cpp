#include "protocols/email/smtp/transaction.hpp"

#include "tests/email/transcript.hpp"

namespace siaga::email {
namespace {

using test::is;
using test::play;
using test::reason_of;

Envelope envelope_to(std::vector<std::string> to) {
  return {"siaga@bontang.example", std::move(to), "d1.a1.ff@bontang.example"};
}

Envelope const one = envelope_to({"a@b.example"});
std::string const data = "Subject: x\r\n\r\nhalo\r\n.\r\n";
std::string const group = "MAIL FROM:<siaga@bontang.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n";

Capabilities pipelining() {
  Capabilities server;
  server.pipelining = true;
  return server;
}

Transaction fresh(Envelope const& envelope, Capabilities const& server = pipelining()) {
  return Transaction(envelope, data, server, Connection::fresh);
}
Transaction reused(Envelope const& envelope, Capabilities const& server = pipelining()) {
  return Transaction(envelope, data, server, Connection::reused);
}

}  // namespace

TEST_CASE("with PIPELINING the whole envelope is one write, the message the next", "[email]") {
  auto transaction = fresh(one);
  auto const first = transaction.begin();
  REQUIRE(std::holds_alternative<Write>(first));
  CHECK(std::get<Write>(first).bytes == group);
  auto again = fresh(one);
  CHECK(play(again, {"250 ok", "250 ok", "354 go", "250 queued"}).said == group + data);
  CHECK(is<Sent>(again.outcome(0)));
  CHECK(again.reusable());
}

TEST_CASE("without PIPELINING each command waits for the answer before", "[email]") {
  auto transaction = fresh(one, Capabilities());
  auto const first = transaction.begin();
  CHECK(std::get<Write>(first).bytes == "MAIL FROM:<siaga@bontang.example>\r\n");
  auto again = fresh(one, Capabilities());
  CHECK(play(again, {"250 ok", "250 ok", "354 go", "250 queued"}).said == group + data);
  auto refused = fresh(one, Capabilities());
  CHECK(play(refused, {"550 5.7.1 no"}).said == "MAIL FROM:<siaga@bontang.example>\r\n");
  CHECK(is<Failed>(refused.outcome(0)));
  CHECK(refused.reusable());
  auto nobody = fresh(one, Capabilities());
  CHECK(play(nobody, {"250 ok", "450 later"}).said.find("DATA") == std::string::npos);
  CHECK(is<FailedTemporarily>(nobody.outcome(0)));
}

TEST_CASE("a reused connection is reset first", "[email]") {
  auto transaction = reused(one);
  auto const said = play(transaction, {"250 reset", "250 ok", "250 ok", "354 go", "250 ok"}).said;
  CHECK(said == "RSET\r\n" + group + data);
}

TEST_CASE("each recipient has an outcome of its own", "[email]") {
  auto const envelope = envelope_to({"a@b.example", "c@d.example", "e@f.example"});
  auto transaction = fresh(envelope);
  play(transaction,
       {"250 ok", "550 5.1.1 unknown", "250 ok", "452 4.2.2 full", "354 go", "250 ok"});
  CHECK(is<Failed>(transaction.outcome(0)));
  CHECK(is<Sent>(transaction.outcome(1)));
  CHECK(is<FailedTemporarily>(transaction.outcome(2)));
  CHECK_THAT(reason_of(transaction.outcome(0)), ContainsSubstring("to RCPT: 550 5.1.1 unknown"));
}

TEST_CASE("354 without a recipient is answered with a lone dot", "[email]") {
  auto transaction = fresh(one);
  auto const said =
      play(transaction, {"250 ok", "550 unknown", "354 go", "554 no recipients"}).said;
  CHECK(said == group + ".\r\n");
  CHECK(is<Failed>(transaction.outcome(0)));
  CHECK(transaction.reusable());
  auto mail_refused = fresh(one);
  CHECK(play(mail_refused, {"451 later", "503 MAIL first", "354 go", "554 no"}).said ==
        group + ".\r\n");
  CHECK(is<FailedTemporarily>(mail_refused.outcome(0)));  // not the 503
}

TEST_CASE("4xx is temporary and 5xx permanent at every stage", "[email]") {
  std::vector<std::string> const good{"250 ok", "250 ok", "354 go", "250 ok"};
  for (std::size_t step = 0; step < good.size(); ++step) {
    std::vector<std::string> answers(good.begin(), good.begin() + static_cast<long>(step));
    auto const rest_of = [&](std::string const& code) {
      auto all = answers;
      all.push_back(code);
      if (step == 0) all.insert(all.end(), {"503 no", "503 no"});
      if (step == 1) all.push_back("503 no");
      return all;
    };
    auto later = fresh(one);
    play(later, rest_of("451 4.3.0 later"));
    CHECK(is<FailedTemporarily>(later.outcome(0)));
    CHECK_FALSE(std::get<FailedTemporarily>(later.outcome(0)).whole_channel);
    CHECK(later.reusable());
    auto never = fresh(one);
    play(never, rest_of("552 5.3.4 never"));
    CHECK(is<Failed>(never.outcome(0)));
    CHECK(never.reusable());
  }
}

TEST_CASE("421 is the whole channel's trouble and ends the connection at every stage", "[email]") {
  std::vector<std::string> const good{"250 reset", "250 ok", "250 ok", "354 go"};
  for (std::size_t step = 0; step <= good.size(); ++step) {
    std::vector<std::string> answers(good.begin(), good.begin() + static_cast<long>(step));
    answers.push_back("421 4.3.2 shutting down");
    auto transaction = reused(one);
    CHECK(play(transaction, answers).finished);
    REQUIRE(is<FailedTemporarily>(transaction.outcome(0)));
    CHECK(std::get<FailedTemporarily>(transaction.outcome(0)).whole_channel);
    CHECK_FALSE(transaction.reusable());
    CHECK(transaction.stale() == (step < good.size()));
  }
  auto on_fresh = fresh(one);
  play(on_fresh, {"421 busy"});
  CHECK_FALSE(on_fresh.stale());
}

TEST_CASE("a connection lost before the final dot left is temporary, after it unknown", "[email]") {
  std::vector<std::string> const good{"250 ok", "250 ok", "354 go"};
  for (std::size_t step = 0; step < good.size(); ++step) {
    std::vector<std::string> const answers(good.begin(), good.begin() + static_cast<long>(step));
    auto transaction = fresh(one);
    CHECK_FALSE(play(transaction, answers).finished);
    CHECK(is<FailedTemporarily>(transaction.outcome(0)));
    CHECK_FALSE(transaction.stale());
    CHECK_FALSE(transaction.reusable());
  }
  auto unknown = fresh(one);
  play(unknown, good);
  CHECK(is<OutcomeUnknown>(unknown.outcome(0)));
  auto half_written = fresh(one);
  play(half_written, good, Error(Errc::connection_lost, "gone"), Dialogue::LastWrite::incomplete);
  CHECK(is<FailedTemporarily>(half_written.outcome(0)));
  auto late = fresh(one);
  play(late, good, Error(Errc::timed_out, "no answer to the message in time"));
  CHECK(is<OutcomeUnknown>(late.outcome(0)));
}

TEST_CASE("a reused connection that turns out dead is stale, one that is slow is not", "[email]") {
  auto dead = reused(one);
  play(dead, {});
  CHECK(dead.stale());
  auto half_dead = reused(one);
  play(half_dead, {"250 reset", "250 ok"});
  CHECK(half_dead.stale());
  auto slow = reused(one);
  play(slow, {}, Error(Errc::timed_out, "no answer to RSET in time"));
  CHECK_FALSE(slow.stale());
  CHECK(is<FailedTemporarily>(slow.outcome(0)));
  auto confused = reused(one);
  play(confused, {"500 what"});
  CHECK(confused.stale());
  auto after_the_dot = reused(one);
  play(after_the_dot, {"250 reset", "250 ok", "250 ok", "354 go"});
  CHECK_FALSE(after_the_dot.stale());
  CHECK(is<OutcomeUnknown>(after_the_dot.outcome(0)));
}

TEST_CASE("an answer out of place is never taken for success", "[email]") {
  std::vector<std::vector<std::string>> const before_the_dot{
      {"354 go"}, {"250 ok", "354 go"}, {"250 ok", "250 ok", "250 ok"}};
  for (auto const& answers : before_the_dot) {
    auto transaction = fresh(one);
    CHECK(play(transaction, answers).finished);
    CHECK(is<FailedTemporarily>(transaction.outcome(0)));
    CHECK_FALSE(transaction.reusable());
  }
  auto transaction = fresh(one);
  play(transaction, {"250 ok", "250 ok", "354 go", "354 go"});
  CHECK(is<OutcomeUnknown>(transaction.outcome(0)));
  CHECK_FALSE(transaction.reusable());
}

TEST_CASE("a mail bigger than the server takes is not even begun", "[email]") {
  Capabilities server;
  server.size_max = data.size() - 1;
  auto transaction = fresh(one, server);
  CHECK(play(transaction, {}).said.empty());
  CHECK(is<Failed>(transaction.outcome(0)));
  CHECK(transaction.reusable());
}

}  // namespace siaga::email
