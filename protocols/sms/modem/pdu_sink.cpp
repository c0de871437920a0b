#include "protocols/sms/modem/pdu_sink.hpp"

#include <charconv>

#include "protocols/sms/modem/at_line.hpp"

namespace siaga::sms {
namespace {

std::optional<unsigned> octet_at(std::string_view hex, std::size_t place) {
  if (hex.size() < 2 * place + 2) return std::nullopt;
  unsigned octet = 0;
  auto const* begin = hex.data() + 2 * place;
  auto const [end, ec] = std::from_chars(begin, begin + 2, octet, 16);
  if (ec != std::errc() || end != begin + 2) return std::nullopt;
  return octet;
}

}  // namespace

std::optional<PduKind> kind_of_pdu(std::string_view hex) {
  auto const centre_octets = octet_at(hex, 0);
  if (!centre_octets || *centre_octets > 12) return std::nullopt;
  auto const first = octet_at(hex, 1 + *centre_octets);
  if (!first) return std::nullopt;
  switch (*first & 3U) {
    case 0:
      return PduKind::deliver;
    case 2:
      return PduKind::status_report;
    default:
      return std::nullopt;
  }
}

}  // namespace siaga::sms
