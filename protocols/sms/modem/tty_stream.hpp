// open_tty: the modem's serial port as a Stream: raw, eight bits, ours alone.
//
// Place:  Modem -> TTY STREAM -> kernel -> modem. See gateway/async/stream.hpp for the rules of
//         use.
// Thread: core only.
// Units:  baud in bits per second; USB modems take any.
// Errors: connect_failed, with the device and what to do when it is missing, forbidden or taken;
//         connection_lost when the modem was unplugged.
#pragma once

#include "gateway/async/stream.hpp"

namespace siaga::sms {

Result<std::unique_ptr<Stream>> open_tty(boost::asio::any_io_executor const& executor,
                                         std::string const& device, unsigned baud,
                                         bool hardware_flow);

}  // namespace siaga::sms
