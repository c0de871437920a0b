#include "gateway/journal/state/acknowledgements.hpp"

#include "gateway/base/digest.hpp"
#include "gateway/domain/acknowledgement.hpp"

namespace siaga::journal {

AnswerCount count_answers(Database& database, AlertId alert) {
  AnswerCount count;
  Query rows(database,
             "SELECT answer FROM acknowledgements WHERE seq IN (SELECT max(seq) FROM"
             " acknowledgements WHERE alert = ? AND counted = 1 GROUP BY officer)",
             alert);
  while (rows.next()) ++(rows.get<Answer>(0) == Answer::accepted ? count.accepted : count.declined);
  return count;
}

std::set<OfficerId> officers_who_accepted(Database& database, AlertId alert) {
  std::set<OfficerId> officers;
  Query rows(database,
             "SELECT officer, answer FROM acknowledgements WHERE seq IN (SELECT max(seq) FROM"
             " acknowledgements WHERE alert = ? AND counted = 1 GROUP BY officer)",
             alert);
  while (rows.next())
    if (rows.get<Answer>(1) == Answer::accepted) officers.insert(rows.get<OfficerId>(0));
  return officers;
}

std::string answer_detail(std::string_view answer, std::string_view via, std::string_view evidence,
                          bool counted) {
  std::string detail("answer=");
  detail.append(answer).append(" via=").append(via).append(" evidence=").append(evidence);
  return detail.append(" counted=").append(counted ? "yes" : "no");
}

std::string note_detail(std::string_view salt, std::string_view note) {
  return " note=" + to_hex(bytes_of(Sha256().of(std::string(salt).append(note))));
}

}  // namespace siaga::journal
