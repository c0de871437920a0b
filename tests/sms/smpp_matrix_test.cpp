// Each fault of an SMSC, a thousand messages: none is lost, and none comes twice unless its outcome
// was unknown, of which there are no more at a time than the window holds.
#include <iterator>
#include <sstream>

#include "tests/sms/test_lane.hpp"

namespace siaga::sms {
namespace {

constexpr int messages = 1000;
constexpr std::size_t window = 10;

enum class Unknown { none, possible, certain };
enum class Receipt { all, none };

struct Fault {
  char const* name;
  std::vector<std::string> options;
  Unknown unknown = Unknown::none;
  Receipt receipts = Receipt::all;
  std::size_t failed = 0;
};

std::ostream& operator<<(std::ostream& out, Fault const& fault) {
  return out << fault.name;
}

std::map<std::string, std::size_t> count_of_each(std::vector<std::string> const& destinations) {
  std::map<std::string, std::size_t> count;
  for (auto const& one : destinations) ++count[one];
  return count;
}

std::vector<std::string> accepted_by(TestSmsc& smsc) {
  auto const line = smsc.command("accepted");
  auto const begin = line.find("\"to\":\"") + 6;
  std::istringstream words(line.substr(begin, line.rfind('"') - begin));
  return {std::istream_iterator<std::string>(words), {}};
}

// The account's sessions: so many transceivers, or a pair.
struct Sessions {
  std::string bind = "transceiver";
  std::int64_t binds = 1;
};

void carry_through(Fault const& fault, Sessions const& sessions = {}) {
  CAPTURE(fault, sessions.bind, sessions.binds);
  auto options = fault.options;
  if (fault.receipts == Receipt::all) options.insert(options.begin(), {"--receipts", "2"});
  TestSmsc smsc(options);
  auto settings = Stage::settings(smsc.port());
  settings.window = window;
  settings.bind = sessions.bind;
  settings.binds = sessions.binds;
  settings.response_timeout = milliseconds(400);
  Stage stage(settings);
  REQUIRE(stage.up());
  TestLane lane(stage, stage.channel->width());
  REQUIRE(lane.carry(messages, seconds(60)));
  CHECK(lane.failed == fault.failed);

  auto const accepted = accepted_by(smsc);
  auto const each = count_of_each(accepted);
  CHECK(each.size() == messages - fault.failed);
  auto const doubles = accepted.size() - each.size();
  CHECK(doubles <= lane.unknown);
  if (fault.unknown == Unknown::none) CHECK(lane.unknown == 0);
  if (fault.unknown == Unknown::certain) CHECK(lane.unknown > 0);
  auto const ended = static_cast<std::size_t>(smsc.stat("ended") + smsc.stat("garbage"));
  auto const silent = static_cast<std::size_t>(smsc.stat("unanswered"));
  if (ended > 0) CHECK(lane.unknown <= ended * window + silent);

  if (fault.receipts == Receipt::none) return;
  auto const& receipts = stage.receipts;
  CHECK(stage.until([&] { return receipts.recorded.size() == receipts.known.size(); }));
  CHECK(receipts.known.size() >= lane.sent);  // more where a receipt told of a lost answer
}

}  // namespace

TEST_CASE("answers in any shape and order lose no message and repeat none", "[sms][matrix]") {
  carry_through(GENERATE(values<Fault>({
      {"no fault", {}},
      {"out of order", {"--out-of-order", "7"}},
      {"each at another time", {"--delay", "1", "--jitter", "20"}},
      {"some of them later than the rest", {"--late", "5", "--late-by", "200"}},
      {"each twice", {"--answer-twice", "100"}},
      {"a few octets at a time", {"--chop", "1"}},
      {"between the SMSC's own questions", {"--enquire-every", "3"}},
      {"between garbage", {"--garbage-every", "50"}},
      {"without the NUL after the id", {"--id-form", "bare"}},
      {"without an id", {"--id-form", "empty"}, Unknown::none, Receipt::none},
      {"without a body", {"--id-form", "missing"}, Unknown::none, Receipt::none},
      {"with how busy it is", {"--congestion", "auto"}},
  })));
}

TEST_CASE("refusals lose no message and repeat none", "[sms][matrix]") {
  carry_through(GENERATE(values<Fault>({
      {"more than the contract's rate", {"--rate", "400"}},
      {"throttled now and then", {"--error-every", "300", "--error-code", "0x58"}},
      {"queue full", {"--error-every", "400", "--error-code", "0x14"}},
      {"system error", {"--error-every", "400", "--error-code", "0x08"}},
      {"temporary application error", {"--error-every", "400", "--error-code", "0x64"}},
      {"submit failed", {"--error-every", "20", "--error-code", "0x45"}},
      {"delivery failure", {"--error-every", "20", "--error-code", "0xfe"}},
      {"a code of the carrier's own", {"--error-every", "20", "--error-code", "0x4ff"}},
      {"a smaller window than ours", {"--window", "9", "--delay", "1"}},
      {"numbers nobody has", {"--bad-destination", "77$"}, Unknown::none, Receipt::all, 10},
  })));
}

TEST_CASE("links that end repeat no more than was in flight, and lose nothing", "[sms][matrix]") {
  carry_through(GENERATE(values<Fault>({
      {"closed with a batch unanswered", {"--drop-every", "450"}, Unknown::certain},
      {"closed after the answer",
       {"--drop-every", "450", "--drop-how", "answered"},
       Unknown::possible},
      {"reset", {"--drop-every", "450", "--drop-how", "reset"}, Unknown::certain},
      {"reset with answers on their way",
       {"--drop-every", "450", "--drop-how", "reset", "--delay", "2"},
       Unknown::certain},
      {"unbound by the SMSC", {"--unbind-every", "450"}, Unknown::possible},
      {"unbound with answers on their way", {"--unbind-every", "450", "--delay", "5"}},
      {"framing lost", {"--garbage-every", "450", "--garbage-kind", "huge"}, Unknown::certain},
      {"a bind that takes its time",
       {"--drop-every", "450", "--bind-delay", "300"},
       Unknown::certain},
  })));
}

TEST_CASE("with several sessions, or a pair, the same holds", "[sms][matrix]") {
  auto const sessions = GENERATE(values<Sessions>({{"transceiver", 3}, {"pair", 1}}));
  carry_through(GENERATE(values<Fault>({
                    {"no fault", {}},
                    {"out of order", {"--out-of-order", "7"}},
                    {"more than the contract's rate", {"--rate", "400"}},
                    {"closed with a batch unanswered", {"--drop-every", "450"}, Unknown::certain},
                    {"closed again and again", {"--drop-every", "150"}, Unknown::certain},
                    {"unbound by the SMSC", {"--unbind-every", "450"}, Unknown::possible},
                    {"never answered", {"--silent", "1"}, Unknown::certain},
                })),
                sessions);
}

TEST_CASE("answers that do not come, or too late, repeat no more than these", "[sms][matrix]") {
  carry_through(GENERATE(values<Fault>({
      {"never", {"--silent", "1"}, Unknown::certain},
      {"too late", {"--late", "1", "--late-by", "700"}, Unknown::certain},
  })));
}

TEST_CASE("receipts of any make find each of a thousand messages", "[sms][matrix]") {
  carry_through(GENERATE(values<Fault>({
      {"by text alone", {"--receipt-form", "text"}},
      {"by options alone", {"--receipt-form", "tlv"}},
      {"in message_payload", {"--receipt-form", "payload"}},
      {"in UCS-2", {"--receipt-form", "ucs2"}},
      {"before the answer", {"--receipt-before", "1"}},
      {"twice", {"--receipt-twice", "1"}},
      {"after an intermediate one", {"--receipt-intermediate", "1"}},
      {"in another base",
       {"--id-form", "upper", "--receipt-id", "decimal", "--receipt-form", "text"}},
      {"in another order, with odd dates and an end of its own",
       {"--receipt-form", "text", "--receipt-text",
        "stat:%STATE% err:21b done date:20261123143010 ID:%ID% Text:SIAP 4821%NUL%"}},
  })));
}

TEST_CASE("a window far smaller than ours costs its answers' time and few refusals",
          "[sms][matrix]") {
  TestSmsc smsc({"--window", "2", "--delay", "5"});
  auto settings = Stage::settings(smsc.port());
  settings.window = window;
  Stage stage(settings);
  REQUIRE(stage.up());
  TestLane lane(stage, stage.channel->width());
  REQUIRE(lane.carry(messages, seconds(10)));  // two each 5 ms: 2.5 s
  CHECK(lane.sent == messages);
  CHECK(smsc.stat("submits") <= messages * 11 / 10);
}

TEST_CASE("under throttling the urgent go first and the others keep their order", "[sms][matrix]") {
  TestSmsc smsc({"--rate", "150"});
  auto settings = Stage::settings(smsc.port());
  settings.window = window;
  Stage stage(settings);
  REQUIRE(stage.up());
  constexpr int crowd = 400;
  for (int officer = 0; officer < crowd; ++officer) {
    auto message = an_alert(officer);
    message.priority = officer % 4 == 3 ? Priority::life : Priority::normal;
    stage.send(std::to_string(officer), std::move(message), seconds(30));
  }
  REQUIRE(stage.until([&] { return stage.outcomes.size() == crowd; }, seconds(30)));
  CHECK(stage.count<Sent>() == crowd);
  auto const accepted = accepted_by(smsc);
  REQUIRE(accepted.size() == crowd);
  int latest_urgent = 0, latest_other = 0;
  std::size_t others_before = 0, urgent = 0;
  for (auto const& destination : accepted) {
    auto const officer = std::stoi(destination.substr(6)) - 10000000;
    bool const is_urgent = officer % 4 == 3;
    auto& latest = is_urgent ? latest_urgent : latest_other;
    CHECK(officer >= latest - static_cast<int>(4 * window));
    latest = std::max(latest, officer);
    if (is_urgent) ++urgent;
    if (!is_urgent && urgent < crowd / 4) ++others_before;
  }
  CHECK(others_before <= window);
  CHECK(smsc.stat("submits") <= crowd * 12 / 10);
}

}  // namespace siaga::sms
