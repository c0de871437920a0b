// siaga_bench_submits: how many submit_sm a second an SMSC takes from one client that does nothing
// else.
//
// usage: siaga_bench_submits PORT COUNT WINDOW
//   One transceiver session on 127.0.0.1, WINDOW submits unanswered at most, receipts not asked
//   for. Prints {"name":"submits","per_s":...}. Exit 1: refused, or the SMSC hung up.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "protocols/sms/smpp/decode.hpp"
#include "protocols/sms/smpp/encode.hpp"

namespace {

using namespace siaga::sms;

class Client {
 public:
  explicit Client(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no SMSC on port " + std::to_string(port));
    int const on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  }
  ~Client() { close(fd_); }
  Client(Client const&) = delete;
  Client& operator=(Client const&) = delete;

  void bind() {
    Header header;
    header.command = Command::bind_transceiver;
    header.sequence = 1;
    Bind who;
    who.system_id = "bench";
    encode(output_, header, who);
    flush();
    while (answers() == 0) continue;
  }
  void submit(std::uint32_t number) {
    Header header;
    header.command = Command::submit_sm;
    header.sequence = number + 2;
    auto const phone = "62812" + std::to_string(10000000 + number);
    ShortMessage message;
    message.source = {5, 0, "SIAGA"};
    message.destination = {1, 1, phone};
    message.text =
        "SIAGA: Banjir di Kel. Lok Tuan, 14.30 WITA. Merapat ke titik kumpul. Balas SIAP 4821";
    encode(output_, header, message);
  }
  void flush() {
    std::string_view rest = output_;
    while (!rest.empty()) {
      auto const sent = ::send(fd_, rest.data(), rest.size(), MSG_NOSIGNAL);
      if (sent <= 0) throw std::runtime_error("the SMSC hung up");
      rest.remove_prefix(static_cast<std::size_t>(sent));
    }
    output_.clear();
  }
  // How many answers one read brought.
  int answers() {
    auto const got = recv(fd_, buffer_.data() + filled_, buffer_.size() - filled_, 0);
    if (got <= 0) throw std::runtime_error("the SMSC hung up");
    filled_ += static_cast<std::size_t>(got);
    std::string_view bytes(buffer_.data(), filled_);
    int count = 0;
    for (;;) {
      auto const frame = next_pdu(bytes);
      if (!frame) throw std::runtime_error("garbage from the SMSC");
      if (!frame->pdu) break;
      if (frame->pdu->header.status != Status::ok) throw std::runtime_error("refused");
      bytes.remove_prefix(frame->octets);
      ++count;
    }
    filled_ = bytes.size();
    bytes.copy(buffer_.data(), filled_);
    return count;
  }

 private:
  int fd_;
  std::string output_;
  std::vector<char> buffer_ = std::vector<char>(pdu_octets_max * 2);
  std::size_t filled_ = 0;
};

double submits_per_s(int port, std::uint32_t count, std::uint32_t window) {
  Client client(port);
  client.bind();
  auto const began = std::chrono::steady_clock::now();
  std::uint32_t sent = 0, answered = 0;
  while (answered < count) {
    while (sent < count && sent - answered < window) client.submit(sent++);
    client.flush();
    answered += static_cast<std::uint32_t>(client.answers());
  }
  std::chrono::duration<double> const took = std::chrono::steady_clock::now() - began;
  return count / took.count();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: siaga_bench_submits PORT COUNT WINDOW\n");
    return 64;
  }
  try {
    auto const count = static_cast<std::uint32_t>(std::stoul(argv[2]));
    auto const window = static_cast<std::uint32_t>(std::stoul(argv[3]));
    std::printf("{\"name\":\"submits\",\"per_s\":%.0f}\n",
                submits_per_s(std::stoi(argv[1]), count, window));
    return 0;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "siaga_bench_submits: %s\n", error.what());
    return 1;
  }
}
