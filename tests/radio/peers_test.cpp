// The real rigctld and the real espeak-ng against the real channel, guard and all.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

#include "protocols/radio/audio/tones.hpp"
#include "tests/radio/samples.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/child.hpp"
#include "tests/support/temp_dir.hpp"

namespace {
using namespace siaga;
using siaga::test::Child;
using siaga::test::TempDir;
using steady = std::chrono::steady_clock;
using std::chrono::seconds;
namespace fs = std::filesystem;

constexpr milliseconds patient{60000};

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

// Hamlib's dummy rig behind its real daemon, and an eye of our own on its PTT.
class Rig {
 public:
  explicit Rig(bool obeys_ptt = true) : port_(siaga::test::free_port()) { start(obeys_ptt); }
  ~Rig() {
    if (eye_ >= 0) ::close(eye_);
  }
  Rig(Rig const&) = delete;
  Rig& operator=(Rig const&) = delete;

  std::string setting() const { return "rigctld:127.0.0.1:" + std::to_string(port_); }
  void kill() { daemon_.reset(); }

  bool ptt() {
    std::array<char, 16> answer{};
    REQUIRE(::send(eye_, "t\n", 2, MSG_NOSIGNAL) == 2);
    REQUIRE(::recv(eye_, answer.data(), answer.size() - 1, 0) > 0);
    return answer[0] == '1';
  }
  // How long until PTT is `up`; negative = not within the limit.
  milliseconds until_ptt(bool up, milliseconds limit = patient) {
    auto const start = steady::now();
    while (ptt() != up) {
      if (steady::now() - start > limit) return milliseconds(-1);
      ::poll(nullptr, 0, 2);
    }
    return std::chrono::duration_cast<milliseconds>(steady::now() - start);
  }

 private:
  void start(bool obeys_ptt) {
    std::vector<std::string> argv = {
        "rigctld", "-m", "1", "-T", "127.0.0.1", "-t", std::to_string(port_)};
    if (obeys_ptt) argv.insert(argv.end(), {"-P", "RIG"});
    daemon_ = std::make_unique<Child>(std::move(argv));
    auto const address = loopback(port_);
    auto const until = steady::now() + patient;
    for (bool connected = false; !connected;) {
      REQUIRE(steady::now() < until);
      if (eye_ >= 0) ::close(eye_);
      eye_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
      connected = ::connect(eye_, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
      if (!connected) ::poll(nullptr, 0, 10);
    }
  }

  std::uint16_t port_;
  std::unique_ptr<Child> daemon_;
  int eye_ = -1;
};

std::string beside_us(char const* program) {
  return (fs::read_symlink("/proc/self/exe").parent_path() / program).string();
}

Child station(std::string sink, Rig const& rig, std::string what = "alert",
              std::vector<std::string> environment = {}) {
  siaga::test::ChildOptions options;
  options.environment = std::move(environment);
  return Child({beside_us("radio_station"), std::move(sink), rig.setting(), std::move(what)},
               options);
}

pid_t guard_of(pid_t station) {
  std::ifstream file("/proc/" + std::to_string(station) + "/task/" + std::to_string(station) +
                     "/children");
  for (pid_t child = 0; file >> child;) {
    std::ifstream name("/proc/" + std::to_string(child) + "/comm");
    std::string comm;
    if (std::getline(name, comm) && comm.starts_with("siaga-ptt")) return child;
  }
  return 0;
}

// What `sox FILE -n EFFECTS stat` says: "Length (seconds):  8.2" and the like.
std::map<std::string, double> sox_stat(std::string const& file, std::vector<std::string> effects) {
  std::vector<std::string> argv = {"sox", file, "-n"};
  argv.insert(argv.end(), effects.begin(), effects.end());
  argv.push_back("stat");
  auto const done = siaga::test::run_child(argv, patient);
  INFO(done.output);
  REQUIRE(done.exit_code == 0);
  std::map<std::string, double> said;
  std::istringstream lines(done.output);
  for (std::string line; std::getline(lines, line);)
    if (auto const colon = line.find(':'); colon != line.npos)
      said[line.substr(0, colon)] = std::strtod(line.c_str() + colon + 1, nullptr);
  return said;
}

std::string content_of(fs::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}
}  // namespace

TEST_CASE("a real alert becomes a WAV that sounds like its plan", "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig, "alert", {"STATION_AT_ONCE=1"});
  CHECK(daemon.line_with("state", patient) == "state up ");
  REQUIRE(daemon.line_with("outcome", patient) == "outcome sent");
  CHECK_FALSE(rig.ptt());

  auto const sound = radio::parse_wav(content_of(fs::path(dir.path()) / "7-1.wav"));
  REQUIRE(sound);
  auto const plan = boost::json::parse(content_of(fs::path(dir.path()) / "7-1.json")).as_object();
  CHECK(sound->length().count() == plan.at("length_ms").as_int64());
  CHECK(sound->length() > seconds(25));
  CHECK(sound->length() < seconds(110));
  for (auto const& keying : plan.at("keyings").as_array())
    CHECK(keying.at("length_ms").as_int64() <= 50000);

  auto const part = [&](milliseconds from, milliseconds length) {
    auto const first =
        sound->samples.begin() + static_cast<std::ptrdiff_t>(radio::samples_in(from, 16000));
    auto const count = static_cast<std::ptrdiff_t>(radio::samples_in(length, 16000));
    return radio::Pcm{16000, {first, first + count}};
  };
  CHECK(radio::test::amount_of(radio::attention_high_hz,
                               part(milliseconds(520), milliseconds(200))) > 15000);
  auto const voice = part(milliseconds(2500), milliseconds(3000));
  CHECK(std::ranges::max(voice.samples) > 10000);
  CHECK(radio::test::amount_of(radio::attention_high_hz, voice) < 1500);
  CHECK(std::ranges::max(part(milliseconds(0), milliseconds(500)).samples) == 0);
}

TEST_CASE("SoX, knowing nothing of us, hears silence, attention tones and a loud voice",
          "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig, "closing", {"STATION_AT_ONCE=1"});
  REQUIRE(daemon.line_with("outcome", patient) == "outcome sent");
  auto const file = (fs::path(dir.path()) / "7-1.wav").string();
  auto const plan = boost::json::parse(content_of(fs::path(dir.path()) / "7-1.json")).as_object();

  auto const near = [](double heard, double wanted) {
    return std::abs(heard - wanted) <= 0.05 * wanted;
  };
  auto const all = sox_stat(file, {});
  CHECK(near(all.at("Length (seconds)"), plan.at("length_ms").to_number<double>() / 1000));
  CHECK(all.at("Maximum amplitude") < 0.99);  // nothing is clipped
  CHECK(sox_stat(file, {"trim", "0", "0.49"}).at("Maximum amplitude") == 0);
  auto const high = sox_stat(file, {"trim", "0.52", "0.2"});
  CHECK(near(high.at("Rough   frequency"), radio::attention_high_hz));
  CHECK(near(high.at("Maximum amplitude"), 0.49));  // 6 dB below full scale
  auto const low = sox_stat(file, {"trim", "0.77", "0.2"});
  CHECK(near(low.at("Rough   frequency"), radio::attention_low_hz));
  auto const voice = sox_stat(file, {"trim", "1.1", "3"});
  CHECK(voice.at("Maximum amplitude") > 0.5);
  CHECK(voice.at("RMS     amplitude") > 0.02);
}

TEST_CASE("PTT is up before the first packet and until the last, and down when it counts as sent",
          "[radio][peers]") {
  Rig rig;
  int const listener = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  auto address = loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr const*>(&address), size) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  auto daemon = station("rtp:127.0.0.1:" + std::to_string(ntohs(address.sin_port)), rig, "closing");

  std::vector<std::string> packets;
  int unkeyed_packets = 0;
  std::array<char, 2000> block;
  pollfd wanted{listener, POLLIN, 0};
  while (::poll(&wanted, 1, packets.empty() ? 60000 : 2000) > 0) {
    auto const bytes = ::recv(listener, block.data(), block.size(), 0);
    REQUIRE(bytes == 172);
    packets.emplace_back(block.data(), static_cast<std::size_t>(bytes));
    // Read back later than the packet was sent: the last few may find the key let go already.
    if (packets.size() % 10 == 1 && !rig.ptt()) ++unkeyed_packets;
  }
  ::close(listener);
  REQUIRE(packets.size() > 100);
  CHECK(unkeyed_packets <= 1);
  CHECK((static_cast<unsigned char>(packets[0][1]) == 0x80));
  for (std::size_t i = 1; i < packets.size(); ++i) {
    auto const before = static_cast<unsigned char>(packets[i - 1][3]);
    REQUIRE(static_cast<unsigned char>(packets[i][3]) == ((before + 1) & 0xff));
    REQUIRE((static_cast<unsigned char>(packets[i][1]) == 0x00));
  }
  CHECK(daemon.line_with("outcome", patient) == "outcome sent");
  CHECK_FALSE(rig.ptt());
}

TEST_CASE("kill -9 of the keyed daemon leaves the rig unkeyed within 600 ms", "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  std::vector<milliseconds> times;
  for (int round = 0; round < 5; ++round) {
    auto daemon = station("wav:" + dir.path(), rig);
    REQUIRE(rig.until_ptt(true) >= milliseconds(0));
    daemon.kill();
    times.push_back(rig.until_ptt(false, milliseconds(5000)));
    REQUIRE(times.back() >= milliseconds(0));
  }
  std::ranges::sort(times);
  INFO("slowest " << times.back().count() << " ms");
  CHECK(times.back() <= milliseconds(600));
  for (auto const& entry : fs::directory_iterator(dir.path()))
    CHECK(entry.path().filename().string().starts_with("."));  // nothing claims to have been aired
}

TEST_CASE("a daemon that hangs loses the key within a second and says so when it wakes",
          "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig);
  REQUIRE(rig.until_ptt(true) >= milliseconds(0));
  daemon.signal(SIGSTOP);
  auto const time = rig.until_ptt(false, milliseconds(10000));
  CHECK(time >= milliseconds(0));
  CHECK(time <= milliseconds(1500));
  daemon.signal(SIGCONT);
  auto const outcome = daemon.line_with("outcome", patient);
  REQUIRE(outcome.has_value());
  CHECK_THAT(*outcome, ContainsSubstring("later"));
  CHECK_THAT(*outcome, ContainsSubstring("the daemon went silent"));
}

TEST_CASE("a guard that dies while keyed is replaced by one that unkeys first", "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig);
  REQUIRE(rig.until_ptt(true) >= milliseconds(0));
  auto const guard = guard_of(daemon.pid());
  REQUIRE(guard > 0);
  ::kill(guard, SIGKILL);
  CHECK(rig.until_ptt(false, milliseconds(5000)) >= milliseconds(0));
  auto const outcome = daemon.line_with("outcome", patient);
  REQUIRE(outcome.has_value());
  CHECK_THAT(*outcome, ContainsSubstring("PTT"));
}

TEST_CASE("a rig that cannot key is reported and nothing is aired", "[radio][peers]") {
  TempDir const dir;
  Rig rig(false);
  auto daemon = station("wav:" + dir.path(), rig);
  auto const state = daemon.line_with("state", patient);
  REQUIRE(state.has_value());
  INFO(*state);
  CHECK_THAT(*state, ContainsSubstring("state down"));
  auto const outcome = daemon.line_with("outcome", patient);
  REQUIRE(outcome.has_value());
  CHECK_THAT(*outcome, ContainsSubstring("later"));
  CHECK_THAT(*outcome, ContainsSubstring("RPRT"));
  CHECK_FALSE(fs::exists(fs::path(dir.path()) / "7-1.wav"));
}

TEST_CASE("a rig daemon lost in mid-speech is reported as a key that may be stuck",
          "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig, "closing");
  REQUIRE(rig.until_ptt(true) >= milliseconds(0));
  ::poll(nullptr, 0, 500);  // until the guard has read the key back
  rig.kill();
  auto const outcome = daemon.line_with("outcome", patient);
  REQUIRE(outcome.has_value());
  CHECK_THAT(*outcome, ContainsSubstring("PTT may be stuck"));
  auto const state = daemon.line_with("state", patient);
  REQUIRE(state.has_value());
  CHECK_THAT(*state, ContainsSubstring("degraded"));
}

TEST_CASE("a daemon told to stop in mid-speech unkeys and ends in good order", "[radio][peers]") {
  TempDir const dir;
  Rig rig;
  auto daemon = station("wav:" + dir.path(), rig);
  REQUIRE(rig.until_ptt(true) >= milliseconds(0));
  daemon.write("stop\n");
  CHECK(daemon.line_with("outcome", patient) == "outcome later stopping");
  CHECK(daemon.exit_code(patient) == 0);
  CHECK_FALSE(rig.ptt());
}

TEST_CASE("one command unkeys a rig somebody left keyed", "[radio][peers]") {
  Rig rig;
  auto daemon = station("wav:/nowhere/at/all", rig);  // only to see that start-up leaves PTT off
  CHECK(daemon.line_with("state", patient) == "state up ");
  CHECK_FALSE(rig.ptt());
  auto const keyed = siaga::test::run_child(
      {"rigctl", "-m", "2", "-r", rig.setting().substr(8), "T", "1"}, patient);
  CHECK(keyed.exit_code == 0);
  CHECK(rig.ptt());
  auto const done =
      siaga::test::run_child({beside_us("siaga-ptt-guard"), "--unkey", rig.setting()}, patient);
  CHECK(done.exit_code == 0);
  CHECK_FALSE(rig.ptt());
}
