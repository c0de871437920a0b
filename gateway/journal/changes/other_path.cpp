#include "gateway/journal/changes/other_path.hpp"

namespace siaga::journal {
namespace {

// By this channel he was told something, or is about to be: what is not written out yet counts.
bool is_taken(Transaction& tx, AlertId alert, OfficerId const& officer,
              ChannelName const& channel) {
  return first<int>(tx.db,
                    "SELECT 1 FROM deliveries WHERE officer = ?1 AND alert = ?2 AND channel = ?3"
                    " UNION ALL SELECT 1 FROM chunks WHERE alert = ?2 AND channel = ?3 LIMIT 1",
                    officer, alert, channel)
      .has_value();
}

}  // namespace

std::vector<ChannelName> tell_another_way(Transaction& tx, Attempt const& attempt) {
  if (attempt.other_paths.empty()) return {};
  Mailing mailing;
  Recipient recipient;
  {
    Query row(tx.db,
              "SELECT alert, ladder, round, step, kind, priority, expires, text, officer, language"
              " FROM deliveries WHERE id = ? AND state = 'planned' AND alert <> 0",
              attempt.delivery);
    if (!row.next()) return {};
    mailing.alert = row.get<AlertId>(0);
    mailing.ladder = row.get<int>(1);
    mailing.round = row.get<int>(2);
    mailing.step = row.get<int>(3);
    mailing.kind = row.get<MessageKind>(4);
    mailing.priority = row.get<Priority>(5);
    mailing.expires = row.get<UtcTime>(6);
    mailing.text = row.get<std::string>(7);
    recipient.officer = row.get<OfficerId>(8);
    recipient.language = row.get<std::string>(9);
  }
  for (auto const& path : attempt.other_paths) {
    if (is_taken(tx, mailing.alert, recipient.officer, path.channel)) continue;
    recipient.channel = path.channel;
    recipient.address = path.address;
    auto planned = plan_deliveries(tx, mailing, {recipient}, {attempt.at, SteadyTime()});
    tx.log.write(attempt.at, {"other-path",
                              mailing.alert,
                              {},
                              recipient.officer,
                              "told=1 channel=" + path.channel.value +
                                  " instead_of=" + std::to_string(attempt.delivery.value)});
    return std::move(planned.due);
  }
  return {};
}

}  // namespace siaga::journal
