#include "gateway/journal/changes/mail_checkpoint.hpp"

#include "gateway/journal/changes/keys.hpp"
#include "gateway/journal/changes/mailing.hpp"

namespace siaga::journal {
namespace {

constexpr std::string_view key_of_mail = "checkpoint-mailed";
constexpr std::chrono::hours mail_lives{24};

std::string text_of(std::string const& gateway, std::string const& day, std::string const& line) {
  return "Checkpoint log Siaga \"" + gateway + "\", " + day + ":\n\n" + line +
         "\n\nSimpan surat ini. Bila log diragukan, jalankan di gateway:\n\nsiaga log verify "
         "--against " +
         line +
         "\n\nKeep this mail. When the log is in doubt, the command above, run on the gateway, says"
         " whether it is still the log of this day.";
}

}  // namespace

Result<std::vector<ChannelName>> mail_checkpoint(Transaction& tx, CheckpointMail const& mail,
                                                 Moment now) {
  if (key_if_made(tx.db, key_of_mail) == mail.day) return std::vector<ChannelName>();
  auto const made = tx.log.checkpoint(now.utc);
  if (made.size == 0) return std::vector<ChannelName>();
  Mailing mailing;
  mailing.kind = MessageKind::notice;
  mailing.priority = Priority::low;
  mailing.due = now.steady;
  mailing.expires = now.utc + mail_lives;
  mailing.text =
      text_of(tx.settings.gateway_name, mail.day, std::to_string(made.size) + ":" + made.root);
  for (auto const& address : mail.addresses)
    plan_notice(tx, mailing, {OfficerId(), mail.channel, address, "id"}, now);
  run(tx.db,
      "INSERT INTO keys VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      key_of_mail, Blob{mail.day});
  tx.log.write(now.utc, {"checkpoint-mailed",
                         {},
                         {},
                         {},
                         "size=" + std::to_string(made.size) + " root=" + made.root +
                             " to=" + std::to_string(mail.addresses.size())});
  return std::vector<ChannelName>{mail.channel};
}

}  // namespace siaga::journal
