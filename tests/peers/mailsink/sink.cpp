#include "tests/peers/mailsink/sink.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <ctime>

#include "gateway/async/spawn.hpp"

namespace siaga::mailsink {
namespace asio = boost::asio;
namespace ssl = asio::ssl;
using asio::ip::tcp;

namespace {

constexpr auto token = asio::as_tuple(asio::use_awaitable);

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

class AtEnd {
 public:
  explicit AtEnd(std::function<void()> act) : act_(std::move(act)) {}
  ~AtEnd() { act_(); }
  AtEnd(AtEnd const&) = delete;
  AtEnd& operator=(AtEnd const&) = delete;

 private:
  std::function<void()> act_;
};

}  // namespace

Sink::Sink(asio::io_context& io, Options options)
    : io_(io), options_(std::move(options)), report_(options_.detail) {
  if (options_.certificate.empty()) return;
  tls_ = std::make_shared<ssl::context>(ssl::context::tls_server);
  tls_->use_certificate_chain_file(options_.certificate);
  tls_->use_private_key_file(options_.key, ssl::context::pem);
  options_.offer.starttls = true;
}

void Sink::listen() {
  auto const add = [&](Kind kind, std::uint16_t port) {
    auto const endpoint = tcp::endpoint(asio::ip::address_v4::loopback(), port);
    auto& door = doors_.emplace_back(Door{kind, endpoint, nullptr});
    open(door);
    std::printf("%s %d\n",
                kind == Kind::smtp    ? "listening"
                : kind == Kind::smtps ? "smtps"
                                      : "control",
                int{door.endpoint.port()});
  };
  add(Kind::smtp, options_.port);
  if (options_.smtps) add(Kind::smtps, options_.smtps_port);
  if (options_.control) add(Kind::control, options_.control_port);
  std::fflush(stdout);
}

void Sink::open(Door& door) {
  door.acceptor = std::make_unique<tcp::acceptor>(io_, door.endpoint, true);
  door.endpoint = door.acceptor->local_endpoint();
  spawn(io_.get_executor(), "accept", accept(door));
}

asio::awaitable<void> Sink::accept(Door& door) {
  for (;;) {
    auto [ec, socket] = co_await door.acceptor->async_accept(token);
    if (ec) co_return;  // closed by `down`
    socket.set_option(tcp::no_delay(true), ec);
    if (door.kind == Kind::control) {
      spawn(io_.get_executor(), "control", serve_control(std::move(socket)));
    } else {
      spawn(io_.get_executor(), "mail", serve_mail(std::move(socket), door.kind));
    }
  }
}

asio::awaitable<void> Sink::serve_mail(tcp::socket socket, Kind kind) {
  using Next = Conversation::Next;
  report_.connected();
  tcp::socket* lowest = &socket;
  auto const place = closers_.insert(closers_.end(), [&lowest] {
    boost::system::error_code ignored;
    lowest->close(ignored);
  });
  AtEnd const leave([this, place] {
    report_.disconnected();
    closers_.erase(place);
  });
  Conversation conversation(options_.offer, script_, report_);
  std::string out;
  auto next = Next::go_on;
  bool const smtps = kind == Kind::smtps;
  if (!smtps) {
    next = conversation.greet(out);
    next = co_await converse(socket, conversation, next, out);
    if (next != Next::start_tls) co_return;
  }
  ssl::stream<tcp::socket> secure(std::move(socket), *tls_);
  lowest = &secure.next_layer();
  auto const [ec] = co_await secure.async_handshake(ssl::stream_base::server, token);
  if (ec) co_return;
  next = conversation.secured();
  out.clear();
  if (smtps) next = conversation.greet(out);
  next = co_await converse(secure, conversation, next, out);
  lowest = &secure.next_layer();
}

template <class Socket>
asio::awaitable<Conversation::Next> Sink::converse(Socket& socket, Conversation& conversation,
                                                   Conversation::Next next, std::string out) {
  using Next = Conversation::Next;
  std::string bytes(65536, '\0');
  for (;;) {
    if (auto const pause = conversation.take_pause(); pause.count() > 0) {
      asio::steady_timer timer(io_, pause);
      co_await timer.async_wait(token);
    }
    if (!out.empty()) {
      auto const reply = asio::buffer(out);
      auto const [ec, size] = co_await asio::async_write(socket, reply, token);
      if (ec) co_return Next::close;
      out.clear();
    }
    if (next == Next::close || next == Next::start_tls) co_return next;
    auto const space = asio::buffer(bytes);
    auto const [ec, size] = co_await socket.async_read_some(space, token);
    if (ec) co_return Next::close;
    if (next == Next::hang) continue;  // reads on, says nothing
    next = conversation.take(std::string_view(bytes.data(), size), now_ns(), out);
  }
}

asio::awaitable<void> Sink::serve_control(tcp::socket socket) {
  std::string lines;
  std::array<char, 1024> bytes{};
  for (;;) {
    auto const space = asio::buffer(bytes);
    auto const [ec, size] = co_await socket.async_read_some(space, token);
    if (ec) co_return;
    lines.append(bytes.data(), size);
    for (auto end = lines.find('\n'); end != lines.npos; end = lines.find('\n')) {
      auto line = lines.substr(0, end);
      lines.erase(0, end + 1);
      if (line.ends_with('\r')) line.pop_back();
      auto const answer = command(line) + "\n";
      auto const reply = asio::buffer(answer);
      auto const [write_error, written] = co_await asio::async_write(socket, reply, token);
      if (write_error) co_return;
    }
  }
}

std::string Sink::down() {
  boost::system::error_code ignored;
  for (auto& door : doors_)
    if (door.kind != Kind::control) door.acceptor->close(ignored);
  for (auto const& close : closers_) close();
  return "ok down";
}

std::string Sink::up() {
  for (auto& door : doors_)
    if (!door.acceptor->is_open()) open(door);
  return "ok up";
}

}  // namespace siaga::mailsink
