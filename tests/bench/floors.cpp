// siaga_bench_floors: what the machine itself costs, measured the way Siaga uses it and at the
// pace of the work beside it: cores that rest between two alerts wake slowly.
//
// usage: siaga_bench_floors BROKER_URL DIR SMSC_PORT MAIL_PORT PER_SECOND
//   mqtt_hop       publish to receive, QoS 1, through the broker
//   sqlite_commit  one 900-byte row per transaction, WAL, synchronous=FULL, in DIR
//   smpp_exchange  submit_sm to its answer on one bound session
//   smtp_exchange  MAIL, RCPT and DATA in one write, message and dot after it, on one session
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "tests/bench/broker_client.hpp"
#include "tests/bench/figures.hpp"

namespace {

using siaga::bench::now_ns;
using siaga::bench::print_figures;

constexpr int rounds = 500;

// Waits for the next round's turn.
class Pace {
 public:
  explicit Pace(int per_second)
      : between_(std::chrono::microseconds(1'000'000 / per_second)),
        next_(std::chrono::steady_clock::now()) {}
  void wait() {
    next_ += between_;
    std::this_thread::sleep_until(next_);
  }

 private:
  std::chrono::microseconds between_;
  std::chrono::steady_clock::time_point next_;
};

void mqtt_hop(std::string const& url, Pace pace) {
  std::atomic<std::int64_t> heard_at{0};
  siaga::bench::BrokerClient ear(
      url, "bench-ear",
      [&](std::string const&, std::string const&, std::int64_t at) { heard_at = at; });
  siaga::bench::BrokerClient mouth(url, "bench-mouth", [](auto const&...) {});
  ear.subscribe("bench/hop");
  std::string const payload(1000, 'x');
  std::vector<std::int64_t> samples;
  for (int i = 0; i < rounds; ++i) {
    heard_at = 0;
    auto const sent = now_ns();
    mouth.publish("bench/hop", payload);
    while (heard_at == 0) std::this_thread::yield();
    samples.push_back(heard_at - sent);
    pace.wait();
  }
  print_figures("mqtt_hop", samples);
}

void must(int rc, sqlite3* db) {
  if (rc != SQLITE_OK && rc != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
}

void sqlite_commit(std::string const& dir, Pace pace) {
  sqlite3* db = nullptr;
  must(sqlite3_open((dir + "/floor.db").c_str(), &db), db);
  must(sqlite3_exec(db,
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, body BLOB)",
                    nullptr, nullptr, nullptr),
       db);
  sqlite3_stmt* insert = nullptr;
  must(sqlite3_prepare_v2(db, "INSERT INTO t(body) VALUES(?)", -1, &insert, nullptr), db);
  std::string const body(900, 'x');
  std::vector<std::int64_t> samples;
  for (int i = 0; i < rounds; ++i) {
    auto const start = now_ns();
    must(sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), db);
    sqlite3_bind_blob(insert, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    must(sqlite3_step(insert), db);
    sqlite3_reset(insert);
    must(sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr), db);
    samples.push_back(now_ns() - start);
    pace.wait();
  }
  sqlite3_finalize(insert);
  sqlite3_close(db);
  print_figures("sqlite_commit", samples);
}

class Wire {
 public:
  explicit Wire(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no peer on port " + std::to_string(port));
    int const on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Wire() { close(fd_); }
  Wire(Wire const&) = delete;
  Wire& operator=(Wire const&) = delete;

  void write(std::string const& bytes) {
    if (::send(fd_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      throw std::runtime_error("short write");
  }
  std::string read(std::size_t at_least) {
    std::string got;
    char buffer[4096];
    while (got.size() < at_least) {
      auto const n = ::recv(fd_, buffer, sizeof buffer, 0);
      if (n <= 0) throw std::runtime_error("peer closed");
      got.append(buffer, static_cast<std::size_t>(n));
    }
    return got;
  }
  std::string read_lines(int lines) {
    std::string got;
    while (std::count(got.begin(), got.end(), '\n') < lines) got += read(1);
    return got;
  }

 private:
  int fd_;
};

std::string pdu(std::uint32_t command, std::uint32_t sequence, std::string const& body) {
  std::string out;
  for (std::uint32_t word : {static_cast<std::uint32_t>(16 + body.size()), command, 0u, sequence})
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(word >> shift);
  return out + body;
}

void smpp_exchange(int port, Pace pace) {
  using namespace std::string_literals;
  Wire wire(port);
  wire.write(pdu(9, 1, "siaga\0secret\0\0\x34\0\0\0"s));
  wire.read(17);
  auto const body =
      "\0\0\0SIAGA\0\1\0016281200000001\0\0\0\0\0\0\0\0\0\0"s + "\x40" + std::string(64, 'a');
  std::vector<std::int64_t> samples;
  for (int i = 0; i < rounds; ++i) {
    auto const start = now_ns();
    wire.write(pdu(4, static_cast<std::uint32_t>(i + 2), body));
    wire.read(16);
    samples.push_back(now_ns() - start);
    pace.wait();
  }
  print_figures("smpp_exchange", samples);
}

void smtp_exchange(int port, Pace pace) {
  Wire wire(port);
  wire.read_lines(1);
  wire.write("EHLO bench\r\n");
  while (wire.read(1).find("250 ") == std::string::npos) {
  }
  std::string const mail = "Subject: bench\r\n\r\n" + std::string(3000, 'x') + "\r\n.\r\n";
  std::vector<std::int64_t> samples;
  for (int i = 0; i < rounds; ++i) {
    auto const start = now_ns();
    wire.write("MAIL FROM:<a@bench.example>\r\nRCPT TO:<b@bench.example>\r\nDATA\r\n");
    wire.read_lines(3);
    wire.write(mail);
    wire.read_lines(1);
    samples.push_back(now_ns() - start);
    pace.wait();
  }
  print_figures("smtp_exchange", samples);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr,
                 "usage: siaga_bench_floors BROKER_URL DIR SMSC_PORT MAIL_PORT PER_SECOND\n");
    return 64;
  }
  try {
    int const per_second = std::stoi(argv[5]);
    mqtt_hop(argv[1], Pace(per_second));
    sqlite_commit(argv[2], Pace(per_second));
    smpp_exchange(std::stoi(argv[3]), Pace(per_second));
    smtp_exchange(std::stoi(argv[4]), Pace(per_second));
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_bench_floors: %s\n", error.what());
    return 1;
  }
  return 0;
}
