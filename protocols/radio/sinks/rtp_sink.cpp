#include "protocols/radio/sinks/rtp_sink.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

namespace siaga::radio {
namespace asio = boost::asio;
using asio::ip::udp;
namespace {

constexpr milliseconds packet_length{20};

// RFC 3550 wants all three to start at random.
PcmuStream make_stream() {
  std::random_device random;
  auto const sequence = static_cast<std::uint16_t>(random());
  auto const timestamp = static_cast<std::uint32_t>(random());
  return PcmuStream(sequence, timestamp, static_cast<std::uint32_t>(random()));
}

std::string shown(udp::endpoint const& to) {
  return "rtp " + to.address().to_string() + ':' + std::to_string(to.port());
}

}  // namespace

RtpSink::RtpSink(asio::any_io_executor const& executor, RtpTarget target, Clock& clock)
    : target_(std::move(target)), clock_(clock), socket_(executor), stream_(make_stream()) {}

Result<void> RtpSink::open() {
  boost::system::error_code ec;
  socket_.open(target_.to.protocol(), ec);
  if (!ec && target_.to.address().is_multicast()) {
    socket_.set_option(asio::ip::multicast::hops(target_.hops_max), ec);
    if (!ec && !target_.interface.is_unspecified())
      socket_.set_option(asio::ip::multicast::outbound_interface(target_.interface), ec);
  }
  if (!ec) socket_.connect(target_.to, ec);
  if (!ec) return {};
  boost::system::error_code ignored;
  socket_.close(ignored);
  return Error(Errc::unavailable, shown(target_.to) + ": " + ec.message());
}

std::uint32_t RtpSink::silent_samples() const {
  if (ended_at_ == SteadyTime{}) return 0;
  auto const silence = std::max(clock_.steady_now() - ended_at_, milliseconds(0));
  return static_cast<std::uint32_t>(silence.count() * PcmuStream::rate_hz / 1000);
}

asio::awaitable<Result<void>> RtpSink::ready(Broadcast const&, std::size_t) {
  if (socket_.is_open()) co_return Result<void>();
  co_return open();
}

asio::awaitable<Result<void>> RtpSink::play(Broadcast const& broadcast, std::size_t keying,
                                            OnAir const& on_air) {
  stream_.begin_spurt(silent_samples());
  std::span<std::int16_t const> left = broadcast.sound[keying].samples;
  auto const start = clock_.steady_now();
  auto due = start;
  while (!left.empty()) {
    if (!on_air()) co_return Error(Errc::cancelled, "taken off the air");
    auto const size = std::min(left.size(), PcmuStream::packet_samples);
    auto const packet = stream_.packet(left.first(size));
    left = left.subspan(size);
    auto const buffer = asio::buffer(packet);
    auto const sent = co_await socket_.async_send(buffer, asio::as_tuple(asio::use_awaitable));
    auto const ec = std::get<0>(sent);
    // Nobody listening on that port yet is no reason to fall silent.
    if (ec && ec != asio::error::connection_refused)
      co_return Error(Errc::unavailable, shown(target_.to) + ": " + ec.message());
    due += packet_length;
    co_await clock_.sleep_until(due);
  }
  ended_at_ = clock_.steady_now();
  co_return Result<void>();
}

asio::awaitable<Result<void>> RtpSink::finish(Broadcast const&) {
  co_return Result<void>();
}

}  // namespace siaga::radio
