// SmppAccount: [channel.NAME] kind = "smpp", checked and in the types of its use.
//
// Place:  smpp_kind -> ACCOUNT -> SmppChannel and its binds. Read-only.
#pragma once

#include "protocols/sms/smpp/inbound.hpp"
#include "protocols/sms/smpp/outbox.hpp"
#include "protocols/sms/smpp/settings.hpp"
#include "protocols/sms/text/compose_sms.hpp"

namespace siaga::sms {

struct SmppAccount {
  SmppSettings settings;
  SessionRules rules;
  std::vector<Role> binds;
  Sender sender;
  ComposeRules compose;
  SubmitForm form;
  InboundRules inbound;

  std::string peer() const { return settings.host + ":" + std::to_string(settings.port); }
};

}  // namespace siaga::sms
