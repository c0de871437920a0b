// Dialogues in the dialects of many makers, played to the engine: tests/sms/modem/dialects/.
#include <filesystem>
#include <fstream>
#include <set>

#include "gateway/async/spawn.hpp"
#include "tests/sms/modem/sim_stage.hpp"

namespace siaga::sms {
namespace asio = boost::asio;
namespace {

std::string without_escapes(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      bytes += text[i];
      continue;
    }
    char const next = text[++i];
    bytes += next == 'r' ? '\r' : next == 'n' ? '\n' : next;
  }
  return bytes;
}

// One file.
struct Dialogue {
  struct Turn {
    std::string said, answer;
  };
  std::vector<Turn> turns;
  std::vector<std::string> must_say, must_not_say;
  std::vector<std::pair<std::string, std::string>> facts;
  std::string outcome;

  explicit Dialogue(std::filesystem::path const& path) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) take(line);
  }

  // The answer whose turn it is.
  std::string answer_to(std::string const& said) {
    Turn const* last = nullptr;
    for (std::size_t i = 0; i < turns.size(); ++i) {
      if (turns[i].said != said) continue;
      last = &turns[i];
      if (played_.insert(i).second) break;
    }
    return last == nullptr ? "\r\nERROR\r\n" : last->answer;
  }

 private:
  void take(std::string const& line) {
    auto const space = line.find(' ');
    auto const mark = line.substr(0, space);
    auto const text = space == line.npos ? std::string() : line.substr(space + 1);
    if (mark == ">") turns.push_back({text, {}});
    if (mark == "<") turns.back().answer += "\r\n" + text + "\r\n";
    if (mark == "|") turns.back().answer += without_escapes(text);
    if (mark == "!") must_say.push_back(text);
    if (mark == "!!") must_not_say.push_back(text);
    if (mark == "?") outcome = text;
    if (mark == "=") take_fact(text);
  }
  void take_fact(std::string const& text) {
    for (std::string const name :
         {"modem", "network", "incoming", "acknowledged", "listing", "parts in one connection"})
      if (text.rfind(name + " ", 0) == 0) facts.emplace_back(name, text.substr(name.size() + 1));
  }
  std::set<std::size_t> played_;
};

// A modem that only knows one dialogue.
class Recorded final : public Stream {
 public:
  Recorded(Dialogue& dialogue, std::vector<std::string>& said, asio::any_io_executor executor)
      : dialogue_(dialogue), said_(said), arrived_(std::move(executor)) {}

  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into, Limit) override {
    while (!closed_ && waiting_.empty()) co_await arrived_.wait();
    if (closed_) co_return Error(Errc::connection_lost, "closed");
    // A few bytes at a time, as a slow line has them.
    auto const bytes = std::min<std::size_t>({into.size(), waiting_.size(), 7});
    std::copy_n(waiting_.begin(), bytes, into.begin());
    waiting_.erase(0, bytes);
    co_return bytes;
  }
  asio::awaitable<Result<void>> write(std::string_view all, Limit) override {
    for (char const c : all) take(c);
    arrived_.notify();
    co_return Result<void>();
  }
  void close() noexcept override {
    closed_ = true;
    arrived_.notify();
  }
  std::string peer() const override { return "/dev/dialect"; }

 private:
  void take(char c) {
    if (c == '\x1b') return input_.clear();
    if (c != '\r' && c != '\x1a') {
      input_ += c;
      return;
    }
    auto const said = c == '\r' ? std::exchange(input_, {}) : std::string("PDU");
    input_.clear();
    said_.push_back(said);
    waiting_ += dialogue_.answer_to(said);
  }

  Dialogue& dialogue_;
  std::vector<std::string>& said_;
  Event arrived_;
  std::string input_, waiting_;
  bool closed_ = false;
};

// The engine before it, in time that the test moves.
struct Stage {
  test::TempDir directory;
  asio::io_context io{1};
  test::FakeClock clock;
  KeptPdus sink;
  Dialogue dialogue;
  std::vector<std::string> said;
  std::unique_ptr<Modem> modem;
  std::optional<SendOutcome> outcome;
  bool ended = false;

  explicit Stage(std::filesystem::path const& path) : dialogue(path) {
    ModemContext context{
        io.get_executor(),         clock, ChannelName("modem"), directory.path(), sink,
        [this] { return open(); }, {}};
    modem = std::make_unique<Modem>(SimStage::settings(), std::move(context));
    spawn(io.get_executor(), "modem", run());
  }
  ~Stage() {
    modem->stop();
    CHECK(until([this] { return ended; }));
  }
  Result<std::unique_ptr<Stream>> open() {
    return std::unique_ptr<Stream>(std::make_unique<Recorded>(dialogue, said, io.get_executor()));
  }
  asio::awaitable<void> run() {
    co_await modem->run();
    ended = true;
  }
  asio::awaitable<void> carry() {
    auto pdu = a_submit("628110000001");
    auto how = co_await modem->send_pdu(std::move(pdu), minutes(1));
    outcome = std::move(how);
  }
  bool until(std::function<bool()> const& met, milliseconds limit = minutes(2)) {
    for (milliseconds passed{0}; passed <= limit; passed += milliseconds(10)) {
      do io.restart();
      while (io.poll() > 0);
      if (met()) return true;
      clock.advance(milliseconds(10));
    }
    return false;
  }
  bool has_said(std::string const& command) const {
    return std::find(said.begin(), said.end(), command) != said.end();
  }
  std::string fact(std::string const& name) const {
    for (auto const& [key, value] : modem->facts())
      if (key == name) return value;
    return {};
  }
  std::string outcome_text() const {
    auto const* sent = std::get_if<Sent>(&*outcome);
    if (sent != nullptr) return "sent " + (sent->references.empty() ? "" : sent->references[0]);
    bool const later = std::holds_alternative<FailedTemporarily>(*outcome);
    return (later ? "later " : "failed ") + reason_of(*outcome);
  }
};

std::vector<std::filesystem::path> all_dialogues() {
  std::vector<std::filesystem::path> all;
  for (auto const& entry : std::filesystem::directory_iterator(SIAGA_DIALECTS))
    if (entry.path().extension() == ".txt") all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("modems of many makers are understood, each in its own dialect", "[modem]") {
  auto const paths = all_dialogues();
  REQUIRE(paths.size() >= 8);
  for (auto const& path : paths) {
    CAPTURE(path.filename().string());
    Stage stage(path);
    REQUIRE(stage.until([&] { return stage.modem->state() != LinkState::down; }));
    CAPTURE(stage.said);
    for (auto const& [name, value] : stage.dialogue.facts)
      CHECK(stage.fact(name).substr(0, value.size()) == value);
    spawn(stage.io.get_executor(), "send", stage.carry());
    REQUIRE(stage.until([&] { return stage.outcome.has_value(); }));
    auto const& wanted = stage.dialogue.outcome;
    auto const kind = wanted.substr(0, wanted.find(' ') + 1);
    CHECK(stage.outcome_text().rfind(kind, 0) == 0);
    CHECK_THAT(stage.outcome_text(), ContainsSubstring(wanted.substr(kind.size())));
    for (auto const& command : stage.dialogue.must_say) {
      CAPTURE(command);
      CHECK(stage.has_said(command));
    }
    for (auto const& command : stage.dialogue.must_not_say) CHECK_FALSE(stage.has_said(command));
  }
}

TEST_CASE("a text that lies in a modem of the kind that dies of listings is read and deleted",
          "[modem]") {
  Stage stage(std::string(SIAGA_DIALECTS) + "/huawei_e220.txt");
  REQUIRE(stage.until([&] { return stage.sink.messages.size() == 1; }));
  CHECK(stage.sink.messages[0] == a_deliver());
  CHECK(stage.until([&] { return stage.has_said("AT+CMGD=1"); }));
}

}  // namespace siaga::sms
