// An SMSC that asks without end and never reads an answer.
#include <sys/socket.h>

#include "protocols/sms/smpp/encode.hpp"
#include "tests/sms/smsc_stage.hpp"
#include "tests/support/flood.hpp"

namespace siaga::sms {
namespace {

constexpr std::size_t flood_bytes = 50'000'000, growth_max = 16'000'000;

std::string pdu(Command command, Status status = Status::ok, std::uint32_t sequence = 1) {
  Header header;
  header.command = command;
  header.status = status;
  header.sequence = sequence;
  std::string bytes;
  encode(bytes, header);
  return bytes;
}

std::string delivered() {
  Header header;
  header.command = Command::deliver_sm;
  header.sequence = 1;
  ShortMessage message;
  message.source.text = "6281200000001";
  message.destination.text = "SIAGA";
  message.text = "apa kabar";
  std::string bytes;
  encode(bytes, header, message);
  return bytes;
}

std::string often(std::string const& one) {
  std::string all;
  while (all.size() < 60'000) all += one;
  return all;
}

// Reads the bind and takes it; nothing is read after that.
void take_bind(int connection) {
  std::array<char, 1024> bind;
  auto const got = ::recv(connection, bind.data(), bind.size(), 0);
  if (got < 16) return;
  Header header;
  header.command = Command::bind_transceiver_resp;
  header.sequence = static_cast<std::uint32_t>(static_cast<unsigned char>(bind[15]));
  std::string bytes;
  encode(bytes, header, std::string_view("FLOOD"));
  (void)::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

// By how much the memory of this process has grown at most, while the flood came for three seconds
// or 50 MB.
std::size_t growth_under(test::FloodingPeer& peer) {
  Stage stage(Stage::settings(peer.port()));
  stage.replies.keeps = false;  // what the test remembers is no memory of the session
  REQUIRE(stage.up());
  auto const before = test::memory_bytes();
  auto most = before;
  auto const end = std::chrono::steady_clock::now() + seconds(3);
  stage.until(
      [&] {
        most = std::max(most, test::memory_bytes());
        return peer.said_bytes() > flood_bytes || std::chrono::steady_clock::now() > end;
      },
      seconds(4));
  return most - before;
}

}  // namespace

TEST_CASE("an SMSC that asks without end and never reads costs no memory", "[sms][peers]") {
  auto const asked =
      GENERATE(pdu(Command::enquire_link), pdu(static_cast<Command>(0x77)), delivered());
  test::FloodingPeer peer(take_bind, often(asked));
  CHECK(growth_under(peer) < growth_max);
  CHECK(peer.said_bytes() > 100'000);
}

TEST_CASE("an SMSC that floods with answers to nothing costs no memory", "[sms][peers]") {
  test::FloodingPeer peer(take_bind, often(pdu(Command::submit_sm_resp, Status::ok, 77)));
  CHECK(growth_under(peer) < growth_max);
  CHECK(peer.said_bytes() > flood_bytes / 10);
}

}  // namespace siaga::sms
