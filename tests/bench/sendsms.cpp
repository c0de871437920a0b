// siaga_bench_sendsms: texts given to Kannel over HTTP with keep-alive, from many connections.
//
// usage: siaga_bench_sendsms PORT COUNT CONNECTIONS PER_SECOND PATH
//   In PATH {n} is the text's number and {to} the last digits of its number's phone. PER_SECOND 0 =
//   as fast as it answers; else each is due at its time, whether a connection is free or not.
//   Prints a JSON line per text {"id", "published_ns", "receipt_ns"} as siaga_bench_publisher does.
//   Exit 1: one was not accepted.
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/figures.hpp"

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using siaga::bench::now_ns;

struct Wanted {
  std::uint16_t port = 0;
  std::size_t count = 0, connections = 1;
  double per_second = 0;
  std::string path;
};

struct Text {
  std::int64_t published_ns = 0, receipt_ns = 0;
};

void replace(std::string& text, std::string_view what, std::string const& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what))
    text.replace(at, what.size(), with);
}

class Load {
 public:
  explicit Load(Wanted wanted) : wanted_(std::move(wanted)), texts_(wanted_.count) {
    for (std::size_t i = 0; i < wanted_.connections; ++i)
      connections_.push_back(std::make_unique<Connection>(*this));
  }
  bool go() {
    for (auto& connection : connections_) connection->open(wanted_.port);
    pace_.expires_after(std::chrono::nanoseconds(0));
    give_when_due();
    io_.run();
    std::vector<std::int64_t> samples;
    for (std::size_t i = 0; i < texts_.size(); ++i) {
      auto const& text = texts_[i];
      samples.push_back(text.receipt_ns - text.published_ns);
      std::printf("{\"id\":\"k%zu\",\"published_ns\":%lld,\"receipt_ns\":%lld}\n", i,
                  static_cast<long long>(text.published_ns),
                  static_cast<long long>(text.receipt_ns));
    }
    siaga::bench::print_figures("sendsms", samples);
    return answered_ == texts_.size();
  }

 private:
  class Connection {
   public:
    explicit Connection(Load& load) : load_(load), socket_(load.io_) {}

    void open(std::uint16_t port) {
      socket_.connect({asio::ip::address_v4::loopback(), port});
      socket_.set_option(tcp::no_delay(true));
    }
    bool is_idle() const { return idle_; }
    void send(std::size_t number) {
      idle_ = false;
      number_ = number;
      auto path = load_.wanted_.path;
      replace(path, "{n}", std::to_string(number));
      replace(path, "{to}", std::to_string(10000000 + number));
      request_ = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      asio::async_write(socket_, asio::buffer(request_), [this](error_code ec, std::size_t) {
        if (ec) return load_.fail(ec.message());
        read_answer();
      });
    }

   private:
    void read_answer() {
      asio::async_read_until(socket_, answer_, "\r\n\r\n",
                             [this](error_code ec, std::size_t octets) {
                               if (ec) return load_.fail(ec.message());
                               read_body(octets);
                             });
    }
    void read_body(std::size_t head_octets) {
      auto const data = answer_.data();
      std::string const head(asio::buffers_begin(data),
                             asio::buffers_begin(data) + static_cast<std::ptrdiff_t>(head_octets));
      if (head.find(" 202 ") == std::string::npos) return load_.fail(head);
      auto const at = head.find("ength: ");
      auto const body = at == std::string::npos ? 0 : std::stoul(head.substr(at + 7));
      answer_.consume(head_octets);
      auto const missing = body > answer_.size() ? body - answer_.size() : 0;
      asio::async_read(socket_, answer_, asio::transfer_exactly(missing),
                       [this, body](error_code ec, std::size_t) {
                         if (ec) return load_.fail(ec.message());
                         answer_.consume(body);
                         idle_ = true;
                         load_.on_accepted(number_, *this);
                       });
    }

    Load& load_;
    tcp::socket socket_;
    std::string request_;
    asio::streambuf answer_;
    std::size_t number_ = 0;
    bool idle_ = true;
  };

  void give_when_due() {
    pace_.async_wait([this](error_code ec) {
      if (ec) return;
      give();
      if (given_ == texts_.size()) return;
      pace_.expires_at(pace_.expiry() + std::chrono::nanoseconds(
                                            static_cast<std::int64_t>(1e9 / wanted_.per_second)));
      give_when_due();
    });
  }
  // One more; or all, when they are not paced.
  void give() {
    auto const now = now_ns();
    do {
      texts_[given_].published_ns = now;
      due_.push_back(given_++);
    } while (wanted_.per_second == 0 && given_ < texts_.size());
    for (auto& connection : connections_) {
      if (due_.empty()) return;
      if (connection->is_idle()) send_next(*connection);
    }
  }
  void send_next(Connection& connection) {
    if (wanted_.per_second == 0) texts_[due_.front()].published_ns = now_ns();
    connection.send(due_.front());
    due_.pop_front();
  }
  void on_accepted(std::size_t number, Connection& connection) {
    texts_[number].receipt_ns = now_ns();
    if (++answered_ == texts_.size()) return io_.stop();
    if (!due_.empty()) send_next(connection);
  }
  void fail(std::string const& why) {
    std::fprintf(stderr, "siaga_bench_sendsms: %s\n", why.c_str());
    io_.stop();
  }

  Wanted wanted_;
  asio::io_context io_{1};
  asio::steady_timer pace_{io_};
  std::vector<Text> texts_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<std::size_t> due_;
  std::size_t given_ = 0, answered_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) {
    std::fprintf(stderr, "usage: siaga_bench_sendsms PORT COUNT CONNECTIONS PER_SECOND PATH\n");
    return 64;
  }
  Wanted wanted{static_cast<std::uint16_t>(std::stoi(argv[1])), std::stoul(argv[2]),
                std::stoul(argv[3]), std::stod(argv[4]), argv[5]};
  try {
    return Load(std::move(wanted)).go() ? 0 : 1;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_bench_sendsms: %s\n", error.what());
    return 1;
  }
}
