#!/usr/bin/perl
# An SMSC built on Net::SMPP, somebody else's reading of the protocol, on a port of 127.0.0.1 it
# prints as `listening PORT`; one session at a time. Each submit_sm is printed, answered with an id
# in hexadecimal, and followed by its receipt in decimal and by the officer's text `SIAP 4821`.
use strict;
use warnings;
use Net::SMPP;

$| = 1;
my $server = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34)
    or die "cannot listen: $!";
print 'listening ', $server->sockport, "\n";

my $id = 0xABC0;

sub on_submit {
    my ($peer, $pdu) = @_;
    ++$id;
    print "submit $pdu->{destination_addr} $pdu->{short_message}\n";
    $peer->submit_sm_resp(message_id => sprintf('%X', $id), seq => $pdu->{seq});
    my %back = (async => 1, source_addr_ton => 1, source_addr_npi => 1,
                source_addr => $pdu->{destination_addr}, destination_addr => $pdu->{source_addr});
    $peer->deliver_sm(%back, esm_class => 0x04,
                      short_message => "id:$id sub:001 dlvrd:001 submit date:2611231430 "
                          . 'done date:2611231431 stat:DELIVRD err:000 text:');
    $peer->deliver_sm(%back, short_message => 'SIAP 4821');
}

my %on = (
    bind_transceiver => sub {
        my ($peer, $pdu) = @_;
        print "bind $pdu->{system_id} $pdu->{password}\n";
        $peer->set_version(0x34);
        $peer->bind_transceiver_resp(system_id => 'perl', seq => $pdu->{seq});
    },
    submit_sm       => \&on_submit,
    deliver_sm_resp => sub { print "confirmed $_[1]{status}\n" },
    enquire_link    => sub { $_[0]->enquire_link_resp(seq => $_[1]{seq}) },
    unbind          => sub { $_[0]->unbind_resp(seq => $_[1]{seq}); print "unbound\n" },
);

while (my $peer = $server->accept) {
    while (my $pdu = $peer->read_pdu) {
        my $answer = $on{$pdu->explain_cmd};
        $answer->($peer, $pdu) if $answer;
    }
}
