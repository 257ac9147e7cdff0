using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Moat.Isms.Kernel.Reading;

namespace Moat.Tests;

/// <summary>
/// The one way to read JSON and text from outside: what would fail later, or in one of the databases only, is refused
/// at once and with its place.
/// </summary>
public sealed class GivenJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", "'a' stands twice")]
    [InlineData("""{"b":[{"a":1,"\u0061":2}]}""", "twice")]
    [InlineData("""{"a":"\ud83d"}""", "half of a character")]
    [InlineData("""{"\ude00":1}""", "half of a character")]
    [InlineData("""{"a":"x\u0000y"}""", "U+0000")]
    [InlineData("""{"x\u0000":1}""", "U+0000")]
    [InlineData("""{"a":""", "not JSON")]
    [InlineData("""{"a":1} {}""", "not JSON")]
    [InlineData("""{"a":NaN}""", "not JSON")]
    [InlineData("", "not JSON")]
    public void What_nobody_can_use_is_refused_in_a_sentence(string text, string says)
    {
        var refused = Assert.ThrowsAny<JsonException>(() => GivenJson.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Contains(says, GivenJson.Explain(refused), StringComparison.Ordinal);
        Assert.ThrowsAny<JsonException>(() => GivenJson.Document(Encoding.UTF8.GetBytes(text), 64));
    }

    [Fact]
    public void The_place_is_named()
    {
        var refused = Assert.ThrowsAny<JsonException>(() => GivenJson.Read("{\n  \"a\": \"\\ud83d\"\n}"));
        Assert.StartsWith("In line 2, position 8 ", GivenJson.Explain(refused), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_UTF_8_or_nests_too_deep_is_refused()
    {
        Assert.ThrowsAny<JsonException>(() => GivenJson.Read([(byte)'"', 0xED, 0xA0, 0x80, (byte)'"']));
        var deep = Assert.ThrowsAny<JsonException>(() => GivenJson.Read(new string('[', 500_000)));
        Assert.Contains("nested deeper", GivenJson.Explain(deep), StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over() =>
        Assert.Equal(1, (int)GivenJson.Read([0xEF, 0xBB, 0xBF, (byte)'1'])!);

    [Theory]
    [InlineData("plain", true)]
    [InlineData("line\r\n\tline", true)]
    [InlineData("\U0001F600", true)]
    [InlineData("a\0b", false)]
    public void A_text_can_be_kept_or_it_is_said_why_not(string text, bool kept) =>
        Assert.Equal(kept, GivenText.Wrong(text) is null);

    // Attributes of an assembly are UTF-8, which cannot hold these.
    [Fact]
    public void Half_of_a_character_is_no_text() =>
        Assert.All(
            new[] { "\uD83D", "\uDE00\uD83D", "\uD83Dx", "x\uDE00" },
            text => Assert.Contains("half", GivenText.Wrong(text)!, StringComparison.Ordinal)
        );

    [Fact]
    public void Whatever_text_is_given_can_be_written_as_UTF_8_and_read_again_or_is_refused() =>
        Prop.ForAll(
                Gen.Choose(0, 0xFFFF)
                    .Select(i => (char)i)
                    .Or(Gen.Elements('\0', '\uD83D', '\uDE00', 'a'))
                    .ArrayOf()
                    .Select(c => new string(c))
                    .ToArbitrary(),
                text =>
                    GivenText.Wrong(text) is null
                    == (
                        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text
                        && !text.Contains('\0', StringComparison.Ordinal)
                    )
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_read_is_used_to_its_end_without_a_fault()
    {
        var piece = Gen.Elements(
            "\"a\"",
            "\"\\ud83d\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u0000\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "1",
            "null",
            " ",
            "\"b\"",
            "/*c*/",
            "\"\\"
        );
        Prop.ForAll(
                piece.ArrayOf().Select(string.Concat).ToArbitrary(),
                text =>
                {
                    try
                    {
                        return Used(GivenJson.Read(text)) >= 0;
                    }
                    catch (JsonException e)
                    {
                        return GivenJson.Explain(e).Length > 0;
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    // What the platform leaves for later happens here: names are put into a dictionary and texts are decoded.
    private static int Used(JsonNode? node) =>
        node switch
        {
            JsonObject o => o.Sum(p => p.Key.Length + Used(p.Value)),
            JsonArray a => a.Sum(Used),
            JsonValue v when v.TryGetValue<string>(out var text) => text.Length,
            _ => 0,
        };
}
