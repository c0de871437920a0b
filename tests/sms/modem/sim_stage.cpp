#include "tests/sms/modem/sim_stage.hpp"

#include "gateway/async/spawn.hpp"

namespace siaga::sms {
namespace asio = boost::asio;

// The port: what is written reaches the simulated modem at once.
class SimStage::Wire final : public Stream {
 public:
  explicit Wire(SimStage& stage) : stage_(stage), arrived_(stage.io.get_executor()) {
    stage_.wire_ = this;
  }
  ~Wire() override { Wire::close(); }
  Wire(Wire const&) = delete;
  Wire& operator=(Wire const&) = delete;

  asio::awaitable<Result<std::size_t>> read_some(std::span<char> into, Limit) override {
    while (!closed_ && waiting_.empty()) co_await arrived_.wait();
    if (closed_) co_return Error(Errc::connection_lost, "reading the port: it is closed");
    auto const bytes = std::min(into.size(), waiting_.size());
    std::copy_n(waiting_.begin(), bytes, into.begin());
    waiting_.erase(0, bytes);
    co_return bytes;
  }
  asio::awaitable<Result<void>> write(std::string_view all, Limit) override {
    if (closed_) co_return Error(Errc::connection_lost, "writing the port: it is closed");
    stage_.sim.receive(all, stage_.now());
    co_return Result<void>();
  }
  void close() noexcept override {
    closed_ = true;
    arrived_.notify();
    if (stage_.wire_ == this) stage_.wire_ = nullptr;
  }
  std::string peer() const override { return "/dev/sim"; }
  void arrive(std::string bytes) {
    waiting_ += bytes;
    arrived_.notify();
  }

 private:
  SimStage& stage_;
  Event arrived_;
  std::string waiting_;
  bool closed_ = false;
};

asio::awaitable<Result<void>> KeptPdus::take(PduKind kind, std::string hex) {
  if (failures_left > 0) {
    --failures_left;
    co_return Error(Errc::storage_failed, "disk");
  }
  (kind == PduKind::deliver ? messages : receipts).push_back(std::move(hex));
  co_return Result<void>();
}

ModemSettings SimStage::settings() {
  ModemSettings s;
  s.device = "/dev/sim";
  return s;
}

SimStage::SimStage(simmodem::Options options, ModemSettings settings) : sim(std::move(options)) {
  settings.device = "/dev/sim";
  ModemContext context{
      io.get_executor(),         clock, ChannelName("modem"), directory.path(), sink,
      [this] { return open(); }, {}};
  context.hook = [this] { return cut_power(); };
  modem = std::make_unique<Modem>(std::move(settings), std::move(context));
  spawn(io.get_executor(), "modem", run());
}

SimStage::~SimStage() {
  stop();
}

void SimStage::stop() {
  modem->stop();
  CHECK(until([this] { return ended; }));
}

asio::awaitable<void> SimStage::run() {
  co_await modem->run();
  ended = true;
}

Result<std::unique_ptr<Stream>> SimStage::open() {
  ++openings;
  if (!device_is_there || !sim.port_is_there())
    return Error(Errc::connect_failed, "/dev/sim: No such file or directory");
  return std::unique_ptr<Stream>(std::make_unique<Wire>(*this));
}

asio::awaitable<Result<void>> SimStage::cut_power() {
  ++hooks;
  if (hook_helps) {
    sim.options.hang = 0;
    sim.obey("restart", now());
  }
  co_return Result<void>();
}

void SimStage::step(milliseconds time) {
  auto const settle = [this] {
    do {
      io.restart();
    } while (io.poll() > 0);
    sim.tick(now());
    if (wire_ != nullptr && !sim.port_is_there()) wire_->close();
    if (wire_ != nullptr && !sim.output.empty()) wire_->arrive(std::exchange(sim.output, {}));
    if (wire_ == nullptr) sim.output.clear();
    io.restart();
    return io.poll() > 0;
  };
  while (settle()) {
  }
  clock.advance(time);
}

bool SimStage::until(std::function<bool()> const& met, milliseconds limit) {
  constexpr milliseconds grain{10};
  for (milliseconds passed{0}; passed <= limit; passed += grain) {
    step(milliseconds(0));
    if (met()) return true;
    step(grain);
  }
  return met();
}

void SimStage::pass(milliseconds time) {
  (void)until([] { return false; }, time);
}

void SimStage::send(std::string const& name, std::string const& number, Priority priority,
                    milliseconds limit) {
  spawn(io.get_executor(), "send", carry(name, a_submit(number, priority), limit));
}

asio::awaitable<void> SimStage::carry(std::string name, PduToSend pdu, milliseconds limit) {
  auto outcome = co_await modem->send_pdu(std::move(pdu), limit);
  outcomes.insert_or_assign(name, std::move(outcome));
}

SendOutcome SimStage::sent(std::string const& number, milliseconds limit) {
  outcomes.erase("this one");
  send("this one", number, Priority::normal, limit);
  REQUIRE(until([this] { return outcomes.contains("this one"); }, limit + seconds(5)));
  return outcomes.at("this one");
}

std::size_t SimStage::count_logged(std::string const& begin) const {
  std::size_t all = 0;
  for (auto const& line : sim.log) all += line.compare(0, begin.size(), begin) == 0;
  return all;
}

bool SimStage::logged(std::string const& command) const {
  return std::find(sim.log.begin(), sim.log.end(), command) != sim.log.end();
}

bool SimStage::reason_has(std::string const& part) const {
  return modem->state_reason().find(part) != std::string::npos;
}

PduToSend a_submit(std::string const& number, Priority priority) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string swapped;
  for (std::size_t i = 0; i < number.size(); i += 2) {
    swapped += i + 1 < number.size() ? number[i + 1] : 'F';
    swapped += number[i];
  }
  std::string length{digits[number.size() / 16], digits[number.size() % 16]};
  PduToSend pdu;
  // First octet: SUBMIT with receipt; reference 0; then to, PID, DCS, "hello".
  auto const tpdu = "2100" + length + "91" + swapped + "000005E8329BFD06";
  pdu.hex = "00" + tpdu;
  pdu.tpdu_octets = tpdu.size() / 2;
  pdu.number = number;
  pdu.priority = priority;
  return pdu;
}

std::string a_deliver() {
  return "0004"
         "0C91261801000010"
         "0000"
         "62112341300082"
         "05E8329BFD06";
}

std::string reason_of(SendOutcome const& outcome) {
  if (auto const* failed = std::get_if<Failed>(&outcome)) return failed->reason;
  if (auto const* failed = std::get_if<FailedTemporarily>(&outcome)) return failed->reason;
  if (auto const* unknown = std::get_if<OutcomeUnknown>(&outcome)) return unknown->reason;
  return {};
}

}  // namespace siaga::sms
