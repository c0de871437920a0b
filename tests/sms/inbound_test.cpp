#include "protocols/sms/smpp/inbound.hpp"

#include <boost/asio/io_context.hpp>
#include <set>

#include "tests/support/catch.hpp"
#include "tests/support/fake_clock.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

struct Sinks final : ReceiptSink, ReplySink {
  std::vector<std::string> texts;
  bool disk_full = false;
  std::set<std::string> known;
  std::vector<std::string> recorded;

  asio::awaitable<Result<void>> record(Receipt receipt) override {
    if (!known.contains(receipt.reference)) co_return Error(Errc::not_found, "no such reference");
    recorded.push_back(receipt.reference);
    co_return Result<void>();
  }
  std::vector<DeliveryId> resolved;
  asio::awaitable<Result<void>> take(Reply reply) override {
    if (disk_full) co_return Error(Errc::storage_failed, "disk");
    texts.push_back(std::move(reply.text));
    co_return Result<void>();
  }
};

struct Nobody final : SessionOwner {
  void on_bound() override {}
  void on_answer(Ticket, SubmitAnswer const&) override {}
  void on_unanswered(Ticket) override {}
  void on_told(Ticket, Told) override {}
  void on_deliver(std::uint32_t, ShortMessage const&) override {}
};

// An Inbound on a link without a socket; the SMSC is the test.
struct Desk {
  asio::io_context io{1};
  test::FakeClock clock;
  Sinks sinks;
  Nobody nobody;
  std::shared_ptr<Link> link =
      std::make_shared<Link>(nullptr, SessionRules(), nobody, io.get_executor());
  std::shared_ptr<FollowUp> follow_up = std::make_shared<FollowUp>(milliseconds(0));
  std::shared_ptr<Inbound> inbound = std::make_shared<Inbound>(
      ChannelContext{io.get_executor(), clock, ChannelName("sms"), sinks, sinks, "."},
      InboundRules(), follow_up);

  void run() {
    io.restart();
    io.poll();
  }
  void part(std::uint32_t sequence, std::uint8_t number, std::string const& text) {
    auto const octets = join_header(42, 2, number) + text;
    ShortMessage message;
    message.source = {1, 1, "6281210000007"};
    message.esm_class = 0x40;
    message.text = octets;
    inbound->on_deliver(link, sequence, message);
    run();
  }
  void receipt(std::uint32_t sequence, std::string const& id = "1",
               std::string const& from = "6281210000007") {
    auto const text = "id:" + id + " stat:DELIVRD";
    ShortMessage message;
    message.source = {1, 1, from};
    message.esm_class = 0x04;
    message.text = text;
    inbound->on_deliver(link, sequence, message);
    run();
  }
  // A part the network took, which the core knows by now.
  void took(std::string const& reference, std::string const& destination) {
    auto const now = clock.steady_now();
    EnRoute::Part part{AlertId(7), reference, destination, Priority::normal,
                       now + std::chrono::hours(1)};
    follow_up->en_route.add(reference, part, now);
    sinks.known.insert(reference);
  }
  void wait(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      run();
      clock.advance(milliseconds(1000));
      inbound->tick(clock.steady_now());
    }
    run();
  }
  // "1:0 2:100": sequence and status of each answer since the last call.
  std::string answers() {
    std::string all;
    std::string_view bytes = link->session.output();
    while (!bytes.empty()) {
      auto const frame = next_pdu(bytes);
      REQUIRE(frame->pdu);
      all += (all.empty() ? "" : " ") + std::to_string(frame->pdu->header.sequence) + ":" +
             std::to_string(static_cast<unsigned>(frame->pdu->header.status));
      bytes.remove_prefix(frame->octets);
    }
    link->session.output().clear();
    return all;
  }
};

}  // namespace

TEST_CASE("no part of a reply is confirmed before the whole is safe", "[sms]") {
  Desk desk;
  desk.part(1, 1, "SIAP ");
  CHECK(desk.answers().empty());
  desk.part(2, 2, "4821");
  CHECK(desk.answers() == "1:0 2:0");
  CHECK(desk.sinks.texts == std::vector<std::string>{"SIAP 4821"});
  CHECK(desk.inbound->under_way() == 0);
}

TEST_CASE("the SMSC keeps every part of a reply that could not be stored", "[sms]") {
  Desk desk;
  desk.sinks.disk_full = true;
  desk.part(1, 1, "SIAP ");
  desk.part(2, 2, "4821");
  CHECK(desk.answers() == "1:100 2:100");
  desk.sinks.disk_full = false;
  desk.part(3, 2, "4821");
  desk.part(4, 1, "SIAP ");
  CHECK(desk.answers() == "3:0 4:0");
  CHECK(desk.sinks.texts == std::vector<std::string>{"SIAP 4821"});
}

TEST_CASE("when the rest of a reply does not come, what there is of it is handed over", "[sms]") {
  Desk desk;
  desk.part(1, 1, "SIAP 4821 ");
  desk.clock.advance(milliseconds(2999));
  desk.inbound->tick(desk.clock.steady_now());
  desk.run();
  CHECK(desk.answers().empty());
  desk.clock.advance(milliseconds(1));
  CHECK(desk.inbound->next_due() <= desk.clock.steady_now());
  desk.inbound->tick(desk.clock.steady_now());
  desk.run();
  CHECK(desk.answers() == "1:0");
  CHECK(desk.sinks.texts == std::vector<std::string>{"SIAP 4821 "});
}

TEST_CASE("at the end of a link the SMSC keeps what is held", "[sms]") {
  Desk desk;
  desk.part(1, 1, "SIAP ");
  desk.receipt(2);
  CHECK(desk.answers().empty());
  desk.inbound->give_back_held();
  CHECK(desk.answers() == "2:100 1:100");
  CHECK(desk.inbound->under_way() == 0);
}

TEST_CASE("receipts for unknown messages never keep an officer's answer out", "[sms]") {
  Desk desk;
  for (std::uint32_t i = 1; i <= 3000; ++i) desk.receipt(i);
  CHECK(desk.answers().find("3000:100") != std::string::npos);
  desk.part(4001, 1, "SIAP ");
  desk.part(4002, 2, "4821");
  CHECK(desk.answers() == "4001:0 4002:0");
  desk.inbound->give_back_held();
}

TEST_CASE("an exact id wins over one that fits in another base only", "[sms]") {
  Desk desk;
  desk.sinks.known = {"6699", "1a2b"};  // 0x1a2b = 6699
  desk.receipt(1, "6699");
  CHECK(desk.sinks.recorded == std::vector<std::string>{"6699"});
}

TEST_CASE("an id that fits in another base names the message once the exact one had time to come",
          "[sms]") {
  Desk desk;
  desk.sinks.known = {"1a2b"};
  desk.receipt(1, "6699");
  CHECK(desk.sinks.recorded.empty());
  desk.wait(5);
  CHECK(desk.sinks.recorded == std::vector<std::string>{"1a2b"});
  CHECK(desk.answers() == "1:0");
}

TEST_CASE("of two messages an id may name, the receipt is for the one to its own number", "[sms]") {
  Desk desk;
  desk.took("6699", "6281210000001");
  desk.took("1a2b", "6281210000002");
  SECTION("the exact one") {
    desk.receipt(1, "6699", "6281210000001");
    CHECK(desk.sinks.recorded == std::vector<std::string>{"6699"});
  }
  SECTION("that of another base") {
    desk.receipt(1, "6699", "6281210000002");
    CHECK(desk.sinks.recorded == std::vector<std::string>{"1a2b"});
  }
  SECTION("none: the exact one") {
    desk.receipt(1, "6699", "7700");
    CHECK(desk.sinks.recorded == std::vector<std::string>{"6699"});
  }
  SECTION("both went there: the exact one") {
    desk.took("1a2b", "6281210000001");
    desk.receipt(1, "6699", "6281210000001");
    CHECK(desk.sinks.recorded == std::vector<std::string>{"6699"});
  }
}

TEST_CASE("what was learnt of a network's ids does not outweigh the number a message went to",
          "[sms]") {
  Desk desk;
  desk.sinks.known = {"1a2b"};
  desk.receipt(1, "6699");
  desk.wait(5);
  desk.took("1000", "6281210000001");
  desk.took("3e8", "6281210000002");  // 1000
  desk.receipt(2, "1000", "6281210000001");
  CHECK(desk.sinks.recorded.back() == "1000");
}

TEST_CASE("a receipt for a message whose answer was lost is that message's answer", "[sms]") {
  Desk desk;
  Doubt doubt;
  doubt.delivery = DeliveryId(41);
  doubt.destination = "6281210000007";
  doubt.references.resize(1);
  desk.follow_up->doubts.add(doubt, desk.clock.steady_now());
  desk.follow_up->resolved = [&](Resolved resolved) {
    for (auto const& one : std::get<Sent>(resolved.outcome).references)
      desk.sinks.known.insert(one);
    desk.sinks.resolved.push_back(resolved.delivery);
  };
  ShortMessage message;
  message.esm_class = 0x04;
  message.source = {1, 1, "6281210000007"};
  message.text = "id:0A1B stat:DELIVRD";
  desk.inbound->on_deliver(desk.link, 1, message);
  for (int i = 0; i < 20 && desk.sinks.recorded.empty(); ++i) {
    desk.run();
    desk.clock.advance(milliseconds(1000));
    desk.inbound->tick(desk.clock.steady_now());
  }
  desk.run();
  CHECK(desk.sinks.resolved == std::vector<DeliveryId>{DeliveryId(41)});
  CHECK(desk.sinks.recorded == std::vector<std::string>{"a1b"});
  CHECK(desk.answers() == "1:0");
}

}  // namespace siaga::sms
