#include "protocols/sms/tpdu/encode.hpp"

#include "gateway/base/assert.hpp"
#include "protocols/sms/tpdu/first_octet.hpp"

namespace siaga::sms::tpdu {
namespace {

unsigned when(bool flag, unsigned bit) {
  return flag ? bit : 0;
}

void append_octet(std::string& out, unsigned octet) {
  out.push_back(static_cast<char>(octet));
}

unsigned indicator_of(StatusReport const& report) {
  return when(report.protocol_id.has_value(), has_protocol_id) |
         when(report.data.has_value(), has_data_coding | has_user_data);
}

}  // namespace

std::string encode(Submit const& submit) {
  std::string out;
  append_octet(out, type_submit | when(submit.reject_duplicates, reject_duplicates_bit) |
                        static_cast<unsigned>(format_of(submit.validity)) << validity_format_shift |
                        when(submit.status_report, report_bit) |
                        when(!submit.data.header.empty(), header_bit) |
                        when(submit.reply_path, reply_path_bit));
  append_octet(out, submit.reference);
  append(out, submit.destination);
  append_octet(out, submit.protocol_id);
  append_octet(out, submit.data.data_coding);
  append(out, submit.validity);
  append(out, submit.data);
  return out;
}

std::string encode(Deliver const& deliver) {
  std::string out;
  append_octet(out, type_deliver | when(!deliver.more_to_come, no_more_bit) |
                        when(deliver.status_report, report_bit) |
                        when(!deliver.data.header.empty(), header_bit) |
                        when(deliver.reply_path, reply_path_bit));
  append(out, deliver.origin);
  append_octet(out, deliver.protocol_id);
  append_octet(out, deliver.data.data_coding);
  append(out, deliver.sent);
  append(out, deliver.data);
  return out;
}

std::string encode(StatusReport const& report) {
  std::string out;
  bool const has_header = report.data && !report.data->header.empty();
  append_octet(out, type_status_report | when(!report.more_to_come, no_more_bit) |
                        when(report.of_command, report_bit) | when(has_header, header_bit));
  append_octet(out, report.reference);
  append(out, report.recipient);
  append(out, report.sent);
  append(out, report.at);
  append_octet(out, report.status);
  auto const indicator = indicator_of(report);
  if (indicator == 0) return out;
  append_octet(out, indicator);
  if (report.protocol_id) append_octet(out, *report.protocol_id);
  if (!report.data) return out;
  append_octet(out, report.data->data_coding);
  append(out, *report.data);
  return out;
}

std::string encode(Command const& command) {
  require(command.data.size() <= command_data_max, "command data longer than a command's");
  std::string out;
  append_octet(out, type_command | when(command.status_report, report_bit));
  append_octet(out, command.reference);
  append_octet(out, command.protocol_id);
  append_octet(out, static_cast<unsigned>(command.type));
  append_octet(out, command.message);
  append(out, command.destination);
  append_octet(out, static_cast<unsigned>(command.data.size()));
  out += command.data;
  return out;
}

}  // namespace siaga::sms::tpdu
