#include "protocols/sms/tpdu/submits.hpp"

namespace siaga::sms::tpdu {

std::vector<Submit> submits_of(Segments const& segments, SubmitRules const& rules) {
  auto const alphabet = segments.coding == Coding::ucs2 ? Alphabet::ucs2 : Alphabet::gsm;
  Submit submit;
  submit.destination = rules.destination;
  submit.protocol_id = rules.protocol_id;
  submit.validity = rules.validity;
  submit.status_report = rules.status_report;
  submit.reject_duplicates = rules.reject_duplicates;
  submit.data.data_coding = rules.message_class && rules.class_group == ClassGroup::classes
                                ? class_group_octet(alphabet, *rules.message_class)
                                : data_coding_octet(alphabet, rules.message_class);
  std::vector<Submit> submits(segments.parts.size(), submit);
  for (std::size_t i = 0; i < submits.size(); ++i) {
    submits[i].data.header = part_header(segments, rules.reference, i + 1);
    submits[i].data.text = segments.parts[i];
  }
  return submits;
}

}  // namespace siaga::sms::tpdu
