#include "protocols/sms/tpdu/decode.hpp"

#include "protocols/sms/tpdu/first_octet.hpp"

namespace siaga::sms::tpdu {
namespace {

Error cut_short(char const* what) {
  return {Errc::invalid_message, std::string(what) + " is cut short"};
}

bool has(unsigned octet, unsigned bit) {
  return (octet & bit) != 0;
}

Result<Incoming> read_deliver(OctetReader& reader, unsigned flags) {
  Deliver deliver;
  deliver.more_to_come = !has(flags, no_more_bit);
  deliver.status_report = has(flags, report_bit);
  deliver.reply_path = has(flags, reply_path_bit);
  auto origin = read_address(reader);
  if (!origin) return origin.error();
  deliver.origin = std::move(*origin);
  deliver.protocol_id = reader.octet();
  auto const data_coding = reader.octet();
  deliver.sent = read_timestamp(reader);
  if (reader.overran()) return cut_short("an SMS-DELIVER");
  auto data = read_user_data(reader, data_coding, has(flags, header_bit));
  if (!data) return data.error();
  deliver.data = std::move(*data);
  return deliver;
}

// What may follow TP-ST. Bits nobody has defined yet tell of octets after the user data.
Result<void> read_parameters(OctetReader& reader, bool has_header, StatusReport& report) {
  if (reader.empty()) return {};
  unsigned const indicator = reader.octet();
  for (auto more = indicator; has(more, more_indicators) && !reader.overran();)
    more = reader.octet();
  if (has(indicator, has_protocol_id)) report.protocol_id = reader.octet();
  std::uint8_t const data_coding = has(indicator, has_data_coding) ? reader.octet() : 0;
  if (reader.overran()) return cut_short("an SMS-STATUS-REPORT");
  if (!has(indicator, has_user_data)) return {};
  auto data = read_user_data(reader, data_coding, has_header);
  if (!data) return data.error();
  report.data = std::move(*data);
  return {};
}

Result<Incoming> read_status_report(OctetReader& reader, unsigned flags) {
  StatusReport report;
  report.more_to_come = !has(flags, no_more_bit);
  report.of_command = has(flags, report_bit);
  report.reference = reader.octet();
  auto recipient = read_address(reader);
  if (!recipient) return recipient.error();
  report.recipient = std::move(*recipient);
  report.sent = read_timestamp(reader);
  report.at = read_timestamp(reader);
  report.status = reader.octet();
  if (reader.overran()) return cut_short("an SMS-STATUS-REPORT");
  auto const read = read_parameters(reader, has(flags, header_bit), report);
  if (!read) return read.error();
  return report;
}

Result<Outgoing> read_submit(OctetReader& reader, unsigned flags) {
  Submit submit;
  submit.reject_duplicates = has(flags, reject_duplicates_bit);
  submit.status_report = has(flags, report_bit);
  submit.reply_path = has(flags, reply_path_bit);
  submit.reference = reader.octet();
  auto destination = read_address(reader);
  if (!destination) return destination.error();
  submit.destination = std::move(*destination);
  submit.protocol_id = reader.octet();
  auto const data_coding = reader.octet();
  auto const format = static_cast<ValidityFormat>((flags >> validity_format_shift) & 3U);
  submit.validity = read_validity(reader, format);
  if (reader.overran()) return cut_short("an SMS-SUBMIT");
  auto data = read_user_data(reader, data_coding, has(flags, header_bit));
  if (!data) return data.error();
  submit.data = std::move(*data);
  return submit;
}

Result<Outgoing> read_command(OctetReader& reader, unsigned flags) {
  Command command;
  command.status_report = has(flags, report_bit);
  command.reference = reader.octet();
  command.protocol_id = reader.octet();
  command.type = static_cast<CommandType>(reader.octet());
  command.message = reader.octet();
  auto destination = read_address(reader);
  if (!destination) return destination.error();
  command.destination = std::move(*destination);
  std::size_t const length = reader.octet();
  if (length > command_data_max)
    return Error(Errc::invalid_message, "command data is longer than 157 octets");
  auto const data = reader.take(length);
  if (reader.overran()) return cut_short("an SMS-COMMAND");
  command.data.assign(data.begin(), data.end());
  return command;
}

}  // namespace

Result<Incoming> decode_incoming(Octets tpdu) {
  OctetReader reader(tpdu);
  unsigned const flags = reader.octet();
  if (reader.overran()) return cut_short("a TPDU");
  auto const type = flags & message_type_mask;
  if (type == type_status_report) return read_status_report(reader, flags);
  if (type == type_submit_report)
    return Error(Errc::invalid_message, "an SMS-SUBMIT-REPORT is no message for a mobile's user");
  return read_deliver(reader, flags);
}

Result<Outgoing> decode_outgoing(Octets tpdu) {
  OctetReader reader(tpdu);
  unsigned const flags = reader.octet();
  if (reader.overran()) return cut_short("a TPDU");
  auto const type = flags & message_type_mask;
  if (type == type_submit) return read_submit(reader, flags);
  if (type == type_command) return read_command(reader, flags);
  return Error(Errc::invalid_message, "neither an SMS-SUBMIT nor an SMS-COMMAND");
}

}  // namespace siaga::sms::tpdu
