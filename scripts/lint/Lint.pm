# Lint.pm: what the lints share: the files of the tree, their text without comments, and how a breach is told.
# Decides no rule. A lint is called as `scripts/lint/NAME [TREE]`; TREE is the checkout it stands in when absent.
package Lint;
use strict;
use warnings;
use Cwd qw(abs_path);
use Exporter qw(import);
use File::Basename qw(dirname);
use File::Find qw(find);

our @EXPORT = qw(files slurp breach warning finish lines blank_comments blank_xml_comments line_of);

my $tree = abs_path(shift(@ARGV) // dirname(__FILE__) . '/../..');
chdir $tree or die "$tree: $!\n";
binmode STDOUT, ':encoding(UTF-8)';
binmode STDERR, ':encoding(UTF-8)';
my $breaches = 0;
my @all;

# The files of the tree that are tracked or would be, by the patterns their paths must match.
sub files {
    my ($want, $but) = @_;
    @all = list() unless @all;
    return grep { $_ =~ $want && !(defined $but && $_ =~ $but) } @all;
}

sub list {
    if (-e '.git') {
        open my $git, '-|', qw(git -c safe.directory=* ls-files --cached --others --exclude-standard -z) or die "git: $!\n";
        local $/ = "\0";
        my @found = map { s/\0$//r } <$git>;
        close $git or die "git ls-files failed\n";
        return sort grep { -f $_ } @found;
    }
    my @found;
    find({ no_chdir => 1, wanted => sub { push @found, s{^\./}{}r if -f $_ } }, '.');
    return sort @found;
}

# The file's text; undef for one that is not UTF-8 text.
sub slurp {
    my ($file) = @_;
    open my $in, '<:raw', $file or die "$file: $!\n";
    local $/;
    my $text = <$in> // '';
    return undef if $text =~ /\0/ || !utf8::decode($text);
    return $text;
}

sub lines {
    my ($file) = @_;
    my $text = slurp($file);
    return defined $text ? split(/\n/, $text, -1) : ();
}

sub breach {
    my ($file, $line, $text) = @_;
    print "$file:$line: $text\n";
    $breaches++;
}

sub warning {
    my ($file, $line, $text) = @_;
    print "$file:$line: warning: $text\n";
}

sub finish { exit($breaches ? 1 : 0); }

# C text whose comments are blanks (and, if wanted, its strings empty); every line keeps its number.
sub blank_comments {
    my ($text, $strings_too) = @_;
    my $blank = sub { $_[0] =~ s/[^\n]/ /gr };
    $text =~ s{(/\*.*?\*/|//[^\n]*)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')}
              {defined $1 ? $blank->($1) : $strings_too ? substr($2, 0, 1) . $blank->(substr $2, 1, -1) . substr($2, -1) : $2}gse;
    return $text;
}

sub blank_xml_comments {
    my ($text) = @_;
    return $text =~ s{<!--.*?-->}{$& =~ s/[^\n]/ /gr}gser;
}

# The line of a position within a text.
sub line_of {
    my ($text, $position) = @_;
    return 1 + (substr($text, 0, $position) =~ tr/\n//);
}

1;
