// PduSink: takes PDUs that were received, just as they came.
//
// Place:  ModemService, Storages -> PDU SINK -> (decoded) -> the channel's sinks.
// Thread: core only. Ends by itself in reasonable time; the modem waits meanwhile.
// Errors: an error = not kept: the PDU stays in its storage, or the network sends it again. A PDU
//         that cannot be read is a success (logged), or it would come back for ever.
// Durable: success = committed. Only then is the PDU acknowledged (AT+CNMA) or deleted (AT+CMGD).
// Units:  hexadecimal, with the service centre's octets in front, as 3GPP TS 27.005, 4 writes PDUs.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/base/result.hpp"

namespace siaga::sms {

enum class PduKind { deliver, status_report };

class PduSink {
 public:
  virtual ~PduSink() = default;
  virtual boost::asio::awaitable<Result<void>> take(PduKind kind, std::string hex) = 0;
};

// By TP-MTI (TS 23.040, 9.2.3.1); nothing when it is cut short or of another kind.
std::optional<PduKind> kind_of_pdu(std::string_view hex);

}  // namespace siaga::sms
