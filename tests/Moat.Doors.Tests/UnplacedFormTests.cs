using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Moat.Isms.Kernel;

namespace Moat.Tests;

/// <summary>
/// Of two people who press the same button the second one is told, on the page as it is by then, that it is not offered
/// any more, with what was typed.
/// </summary>
public sealed partial class UnplacedFormTests(Site site)
{
    private const string NotOffered = "what you pressed is not offered any more. Nothing of yours was stored.";

    [Fact]
    public async Task Of_two_who_press_the_same_button_the_second_one_is_told_on_each_kind_of_page()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        using var ben = await site.SignedIn("IsmsManager@acme.test");
        await TellsTheSecond(ada, ben, "assets", "assets.retire", "assets.reopen");
        await TellsTheSecond(ada, ben, "risks", "risks.retire", "risks.reopen");
        await TellsTheSecond(ada, ben, "versions", "versions.withdraw", "versions.reinstate");
    }

    [Fact]
    public async Task A_form_that_the_role_does_not_include_is_refused_in_words_with_what_was_typed()
    {
        var path = $"/acme/assets/{await Made("assets")}";
        using var ada = await site.SignedIn("founder@acme.test");
        using var reader = await site.SignedIn("Auditor@acme.test");
        var form = FormOf(await ada.GetStringAsync(path), "assets.retire");
        var own = TokenInput().Match(await reader.GetStringAsync("/account")).Value;
        using var refused = await reader.PostAsync(path, Sent(TokenInput().Replace(form, own), "Not mine to say"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var page = await Text(refused);
        Assert.Contains("Your role does not include what you pressed.", page, StringComparison.Ordinal);
        Assert.Contains("Not mine to say", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_name_or_without_its_proof_stays_a_wrong_request()
    {
        var path = $"/acme/assets/{await Made("assets")}";
        using var ada = await site.SignedIn("founder@acme.test");
        var form = FormOf(await ada.GetStringAsync(path), "assets.retire");
        using var unnamed = await ada.PostAsync(path, Sent(HandlerInput().Replace(form, ""), "Why"));
        Assert.Equal(HttpStatusCode.BadRequest, unnamed.StatusCode);
        Assert.Contains("This form has expired", await Text(unnamed), StringComparison.Ordinal);
        using var unproven = await ada.PostAsync(path, Sent(TokenInput().Replace(form, ""), "Why"));
        Assert.Equal(HttpStatusCode.BadRequest, unproven.StatusCode);
        Assert.NotEqual("", FormOf(await ada.GetStringAsync(path), "assets.retire"));
    }

    private async Task TellsTheSecond(HttpClient ada, HttpClient ben, string process, string operation, string next)
    {
        var path = $"/acme/{process}/{await Made(process)}";
        var seen = FormOf(await ben.GetStringAsync(path), operation);
        using (
            var first = await ada.PostAsync(
                path,
                Sent(FormOf(await ada.GetStringAsync(path), operation), "Ada's reason was first")
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);

        using var second = await ben.PostAsync(path, Sent(seen, "Ben's <own> reason"));
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal("text/html", second.Content.Headers.ContentType!.MediaType);
        Assert.Contains("no-store", second.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var page = await Text(second);
        Assert.Contains("This was changed in the meantime, last by Ada Acme at ", page, StringComparison.Ordinal);
        Assert.Contains(NotOffered, page, StringComparison.Ordinal);
        Assert.Contains(
            "<blockquote class=\"m-pre-line mb-0\">Ben's <own> reason</blockquote>",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Site.Password, page, StringComparison.Ordinal);
        Assert.Equal("", FormOf(page, operation));
        Assert.Contains("Ada's reason was first", page, StringComparison.Ordinal);
        Assert.Contains("</html>", page, StringComparison.Ordinal);
        // It is a page like any other: its forms can be sent.
        using var back = await ben.PostAsync(path, Sent(FormOf(page, next), "It was a mistake."));
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
    }

    private static FormUrlEncodedContent Sent(string form, string reason) =>
        Site.Form(form, ("reason", reason), ("password", Site.Password));

    private static string FormOf(string page, string operation) =>
        Regex
            .Match(page, $"<form [^>]*data-operation=\"{Regex.Escape(operation)}\".*?</form>", RegexOptions.Singleline)
            .Value;

    private static async Task<string> Text(HttpResponseMessage answer) =>
        WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    private async Task<string> Made(string process)
    {
        using var program = site.With(Role.Owner);
        if (process == "risks")
            return await Make(
                program,
                "risks",
                new
                {
                    title = "Weights leave",
                    cause = "Broad rights",
                    consequence = "The lead is lost",
                }
            );
        var asset = await Make(program, "assets", new { name = $"Numbat {process}", kind = "model" });
        return process == "assets"
            ? asset
            : await Make(
                program,
                "versions",
                new
                {
                    asset,
                    name = "v1",
                    digests = new[] { $"sha256:{new string('7', 64)}" },
                }
            );
    }

    private static async Task<string> Make(HttpClient program, string path, object input)
    {
        using var made = await program.PostAsJsonAsync($"/api/v1/acme/{path}", input);
        var answer = await made.Content.ReadAsStringAsync();
        return made.IsSuccessStatusCode
            ? (string)JsonNode.Parse(answer)!["ref"]!
            : throw new InvalidOperationException(answer);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"__RequestVerificationToken\"[^>]*>")]
    private static partial Regex TokenInput();

    [GeneratedRegex("<input type=\"hidden\" name=\"_handler\"[^>]*>")]
    private static partial Regex HandlerInput();
}
