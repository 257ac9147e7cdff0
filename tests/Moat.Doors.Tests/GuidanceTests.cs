using Moat.Knowledge;
using Moat.Server.Shell;

namespace Moat.Tests;

/// <summary>
/// What playbooks say is read against the clock: what is to be typed stands alone, with its line breaks, and nothing is
/// lost on the way.
/// </summary>
public sealed class GuidanceTests
{
    [Theory]
    [InlineData("Stop it: `kubectl cordon -l gpu`. Then look.", "Stop it: ", "> kubectl cordon -l gpu", "Then look.")]
    [InlineData(
        "Take `nvidia-smi -q`, `nvidia-smi pmon -c 5`, DCGM series.",
        "Take ",
        "> nvidia-smi -q\nnvidia-smi pmon -c 5",
        "DCGM series."
    )]
    [InlineData(
        "Either `dvc list -R data` or the `.dvc` files.",
        "Either ",
        "> dvc list -R data",
        "or the [.dvc] files."
    )]
    [InlineData("Run `set -e\ncurl -s $HOST` once", "Run ", "> set -e\ncurl -s $HOST", "once")]
    [InlineData(
        "First.\n\nSecond.\n```sh\nfor f in *; do\n  sha256sum $f\ndone\n```\nThird.",
        "First.",
        "Second.",
        "> for f in *; do\n  sha256sum $f\ndone",
        "Third."
    )]
    [InlineData(
        "Look at `create pods`, `.env` and `POST /api/v1`.",
        "Look at [create pods], [.env] and [POST /api/v1]."
    )]
    [InlineData(
        "Snapshot the disks (`aws ec2 create-snapshots --all`); then go on.",
        "Snapshot the disks ([aws ec2 create-snapshots --all]); then go on."
    )]
    [InlineData("", new string[0])]
    public void A_command_stands_in_a_block_of_its_own_and_a_name_in_its_sentence(
        string text,
        params string[] expected
    ) => Assert.Equal(expected, GuidanceText.Pieces(text).Select(Said));

    [Fact]
    public void Every_step_of_the_shipped_playbooks_keeps_its_words_and_its_code()
    {
        var texts = KnowledgeBase
            .Shipped.Playbooks.SelectMany(p => p.Steps.Select(s => s.Do).Concat(p.Preserve.Select(h => h.How)))
            .ToList();
        Assert.Contains(texts.SelectMany(GuidanceText.Pieces), p => p.Command is not null);
        foreach (var text in texts)
        {
            var pieces = GuidanceText.Pieces(text);
            Assert.DoesNotContain(
                pieces,
                p => p.Words.Any(w => w.Text.Contains('`')) || p.Command?.Contains('`') == true
            );
            Assert.Equal(
                Letters(text),
                Letters(string.Concat(pieces.Select(p => p.Command ?? string.Concat(p.Words.Select(w => w.Text)))))
            );
            Assert.Equal(
                text.Split('`').Where((_, i) => i % 2 == 1),
                pieces.SelectMany(p => p.Command?.Split('\n') ?? p.Words.Where(w => w.IsCode).Select(w => w.Text))
            );
        }
    }

    [Fact]
    public void A_label_has_no_marks() =>
        Assert.Equal("Withdrawn versions (yank)", GuidanceText.Plain("Withdrawn versions (`yank`)"));

    private static string Said(GuidancePiece piece) =>
        piece.Command is { } command
            ? $"> {command}"
            : string.Concat(piece.Words.Select(w => w.IsCode ? $"[{w.Text}]" : w.Text));

    private static string Letters(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('`' or ',' or ';' or '.' or ':')));
}
