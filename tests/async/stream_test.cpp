#include "gateway/async/stream.hpp"

#include <netdb.h>

#include <boost/asio/io_context.hpp>
#include <future>
#include <optional>

#include "gateway/async/spawn.hpp"
#include "tests/support/catch.hpp"

namespace {

// The name service of this program: silent until it is told to answer.
struct NameService {
  std::promise<void> answers;
  std::shared_future<void> answered{answers.get_future()};
} name_service;

}  // namespace

extern "C" int getaddrinfo(char const*, char const*, addrinfo const*, addrinfo**) {
  name_service.answered.wait();
  return EAI_NONAME;
}

namespace siaga {
namespace asio = boost::asio;
using asio::ip::tcp;
using std::chrono::milliseconds;

namespace {

asio::awaitable<void> connect(std::string host, std::uint16_t port, milliseconds limit,
                              std::optional<Result<std::unique_ptr<Stream>>>& result) {
  result = co_await connect_tcp(host, port, limit);
}

}  // namespace

TEST_CASE("a name service that hangs holds nobody beyond the limit, nor those who need none",
          "[async]") {
  asio::io_context io;
  tcp::acceptor const listener(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
  auto const port = listener.local_endpoint().port();
  std::optional<Result<std::unique_ptr<Stream>>> by_name, by_number;
  spawn(io.get_executor(), "by_name", connect("smsc.example", port, milliseconds(50), by_name));
  spawn(io.get_executor(), "by_number", connect("127.0.0.1", port, milliseconds(50), by_number));
  auto const deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (!(by_name && by_number) && io.run_one_until(deadline) > 0) {
  }
  name_service.answers.set_value();
  REQUIRE((by_name && by_number));
  CHECK(by_number->has_value());
  REQUIRE(by_name->has_error());
  CHECK(by_name->error().is(Errc::connect_failed));
  CHECK_THAT(by_name->error().detail, ContainsSubstring("smsc.example: the name service"));
}

}  // namespace siaga
