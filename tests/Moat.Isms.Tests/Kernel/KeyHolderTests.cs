using Moat.Isms.Kernel;
using Moat.Isms.Kernel.Journal;
using Moat.Storage.Keys;

namespace Moat.Tests;

/// <summary>
/// What everything that holds the journal's keys promises. A holder on a token or in a key service derives this as
/// well.
/// </summary>
public abstract class KeyHolderContract
{
    /// <summary>The holder with as many keys of one name as are wanted, put there as its operator does.</summary>
    private protected abstract IKeyHolder With(int keys);

    [Fact]
    public void Without_a_key_it_holds_none_and_reading_makes_none()
    {
        var holder = With(0);
        Assert.Empty(holder.Read());
        Assert.Empty(holder.Read());
    }

    [Fact]
    public void Every_key_signs_what_its_public_half_accepts_and_stays_the_same()
    {
        var holder = With(2);
        var before = holder.Read();
        Assert.Equal(2, before.Select(k => k.Verifier.ToString()).Distinct().Count());
        foreach (var key in before)
        {
            var note = new NoteSigner(key).Sign(new Checkpoint(key.Verifier.Name, 3, new byte[32]).ToText());
            Assert.Equal(3, Checkpoint.Open(note, NoteVerifier.Parse(key.Verifier.ToString()))!.Size);
            Assert.Equal(64, key.Sign("text"u8).Length);
        }
        Assert.Equal(before.Select(k => k.Verifier.ToString()), holder.Read().Select(k => k.Verifier.ToString()));
    }

    [Fact]
    public void A_further_key_comes_last_and_the_others_stay_or_the_operator_is_told_what_to_do()
    {
        var holder = With(1);
        var first = holder.Read()[0].Verifier;
        if (Refused(() => holder.Make(first.Name)))
            return;
        Assert.Equal((2, first.ToString()), (holder.Read().Count, holder.Read()[0].Verifier.ToString()));
        var last = holder.Read()[1].Verifier;
        if (Refused(() => holder.KeepOnly(last)))
            return;
        Assert.Equal(last.ToString(), Assert.Single(holder.Read()).Verifier.ToString());
    }

    private static bool Refused(Action act)
    {
        try
        {
            act();
            return false;
        }
        catch (Unavailable told)
        {
            Assert.True(told.Message.Length > 40, "The operator is told what to do.");
            return true;
        }
    }
}

public sealed class FileKeyHolderTests : KeyHolderContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private protected override IKeyHolder With(int keys)
    {
        var holder = new FileKeyHolder(_folder.Of("keys/journal.key"), "the file");
        for (var i = 0; i < keys; i++)
            holder.Make("moat/test");
        return holder;
    }

    [Fact]
    public void Only_its_user_may_read_the_file_also_after_a_change()
    {
        var holder = With(2);
        holder.KeepOnly(holder.Read()[1].Verifier);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(_folder.Of("keys/journal.key"))
            );
        Assert.Single(Directory.GetFiles(_folder.Of("keys")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("only-a-name\n")]
    [InlineData("name\nnot base64\n")]
    [InlineData("name\nAAAA\n")]
    public void What_is_no_key_is_refused_in_words_and_stays(string content)
    {
        var holder = With(1);
        File.WriteAllText(_folder.Of("keys/journal.key"), content);
        Assert.Contains(
            "the file is not the key",
            Assert.Throws<Unavailable>(holder.Read).Message,
            StringComparison.Ordinal
        );
        Assert.Equal(content, File.ReadAllText(_folder.Of("keys/journal.key")));
    }

    [Fact]
    public void The_first_key_that_another_process_made_counts()
    {
        var holder = With(1);
        holder.Make("moat/another");
        Assert.Equal("moat/test", Assert.Single(holder.Read()).Verifier.Name);
    }
}

public sealed class EnvironmentKeyHolderTests : KeyHolderContract
{
    private protected override IKeyHolder With(int keys)
    {
        var text = string.Join(' ', Enumerable.Range(0, keys).Select(_ => KeyText.New("moat/test")));
        return new EnvironmentKeyHolder("KEY", name => name == "KEY" ? text : null);
    }

    [Fact]
    public void What_is_no_key_is_refused_without_saying_what_was_there()
    {
        var refused = Assert.Throws<Unavailable>(new EnvironmentKeyHolder("KEY", _ => "s3cret").Read);
        Assert.Contains("KEY", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", refused.Message, StringComparison.Ordinal);
    }
}
