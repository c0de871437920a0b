// Each fault, a thousand messages: none is lost, and none comes twice unless its outcome was
// unknown.
#include <map>

#include "gateway/async/spawn.hpp"
#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

constexpr int messages = 1000;

// Sends as the core does: again what failed for now or may not have arrived, four at a time.
struct Sender {
  SimStage& stage;
  int next = 0, running = 0, unknown = 0, failed = 0;

  asio::awaitable<void> work() {
    ++running;
    while (next < messages) {
      auto const number = std::to_string(628110000000 + next++);
      co_await send_until_sent(number);
    }
    --running;
  }
  asio::awaitable<void> send_until_sent(std::string number) {
    for (;;) {
      auto outcome = co_await stage.modem->send_pdu(a_submit(number), minutes(5));
      if (std::holds_alternative<Sent>(outcome)) co_return;
      if (std::holds_alternative<OutcomeUnknown>(outcome)) ++unknown;
      if (std::holds_alternative<Failed>(outcome)) {
        ++failed;
        co_return;
      }
      auto const again = stage.clock.steady_now() + seconds(2);
      co_await stage.clock.sleep_until(again);
    }
  }
};

}  // namespace

TEST_CASE("no fault loses a message, and doubles only what may not have arrived", "[modem]") {
  auto const kind = GENERATE(as<std::string>(), "none", "cms", "plain", "prompt", "result", "lost",
                             "hang", "restart", "forget");
  CAPTURE(kind);
  simmodem::Options o;
  o.fault_kind = kind;
  o.fault_every = kind == "none" ? 0 : 97;
  o.chatter = 230;
  o.send_delay = 50;
  o.receipts = 500;
  SimStage stage(o);
  REQUIRE(stage.up());
  Sender sender{stage};
  for (int i = 0; i < 4; ++i) spawn(stage.io.get_executor(), "sender", sender.work());
  stage.pass(milliseconds(10));
  REQUIRE(stage.until([&] { return sender.running == 0; }, std::chrono::hours(5)));
  std::map<std::string, int> arrived;
  for (auto const& pdu : stage.sim.submitted) ++arrived[pdu];
  CHECK(arrived.size() == messages);
  CHECK(sender.failed == 0);
  auto const doubles = static_cast<int>(stage.sim.submitted.size()) - messages;
  CHECK(doubles <= sender.unknown);
  if (kind != "lost") CHECK(doubles == 0);
  if (kind == "lost") CHECK(doubles > 0);
  CHECK(stage.until([&] { return stage.sink.receipts.size() >= messages; }, minutes(5)));
}

}  // namespace siaga::sms
