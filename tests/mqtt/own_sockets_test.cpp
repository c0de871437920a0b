#include "protocols/mqtt/own_sockets.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "tests/support/catch.hpp"

using namespace siaga::mqtt;
using boost::asio::ip::tcp;

namespace {

struct Pair {
  boost::asio::io_context io;
  tcp::acceptor acceptor{io, tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)};
  tcp::socket near{io}, far{io};
  std::uint16_t port() { return acceptor.local_endpoint().port(); }
  void connect() {
    near.connect(acceptor.local_endpoint());
    acceptor.accept(far);
  }
};

}  // namespace

TEST_CASE("a socket to a port is found among all others, the listener's end is not", "[mqtt]") {
  Pair pair;
  auto const before = sockets_to(pair.port());
  CHECK(before.empty());
  pair.connect();
  auto const mine = added(before, sockets_to(pair.port()));
  REQUIRE(mine.size() == 1);
  CHECK(mine.front().fd == pair.near.native_handle());
}

TEST_CASE("nothing leaves through a cut socket, and the peer sees its end", "[mqtt]") {
  Pair pair;
  pair.connect();
  auto const mine = sockets_to(pair.port());
  REQUIRE(cut(mine));
  boost::system::error_code ec;
  boost::asio::write(pair.near, boost::asio::buffer("puback", 6), ec);
  CHECK(ec);
  char byte = 0;
  pair.far.read_some(boost::asio::buffer(&byte, 1), ec);
  CHECK(ec == boost::asio::error::eof);
}

TEST_CASE("a number that now belongs to another socket is left alone", "[mqtt]") {
  Pair old;
  old.connect();
  auto const gone = sockets_to(old.port());
  REQUIRE(gone.size() == 1);
  old.near.close();
  Pair fresh;
  fresh.connect();
  auto stale = gone;
  stale.front().fd = fresh.near.native_handle();
  REQUIRE(cut(stale));
  boost::system::error_code ec;
  CHECK(boost::asio::write(fresh.near, boost::asio::buffer("x", 1), ec) == 1);
}
