// mail_checkpoint: plans one mail a day with the log's checkpoint, for people who keep it where
// nobody who can change the store can change it too.
//
// Place:  journal -> MAIL CHECKPOINT -> deliveries that belong to no alert, table keys.
// Thread: store thread.
// Durable: the day of the last plan, under `checkpoint-mailed`, with the deliveries.
#pragma once

#include "gateway/journal/changes/transaction.hpp"
#include "gateway/ports/checkpoints.hpp"

namespace siaga::journal {

// Which lanes to wake; none when today's is planned or there is nothing in the log.
Result<std::vector<ChannelName>> mail_checkpoint(Transaction& tx, CheckpointMail const& mail,
                                                 Moment now);

}  // namespace siaga::journal
