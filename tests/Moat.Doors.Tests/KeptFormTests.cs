using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Moat.Tests;

/// <summary>
/// What somebody typed comes back to them: on a conflict, on a refusal and when the session has ended.
/// </summary>
public sealed partial class KeptFormTests(Site site)
{
    [Fact]
    public async Task Of_two_who_edit_an_asset_the_second_sees_both_sides_and_sends_again_without_undoing_the_first()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        using var ben = await site.SignedIn("IsmsManager@acme.test");
        var path = await NewAsset(ada, "Adapters");
        var (first, second) = (
            FormOf(await ada.GetStringAsync(path), "assets.edit"),
            FormOf(await ben.GetStringAsync(path), "assets.edit")
        );
        using (
            var saved = await ada.PostAsync(
                path,
                Filled(first, ("name", "Adapters of May"), ("description", "Kept in the vault"))
            )
        )
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);

        using var refused = await ben.PostAsync(
            path,
            Filled(second, ("name", "Adapters of June"), ("location", "eu-central-1"))
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        // A browser shows a line end in a sentence as a space.
        var page = Regex.Replace(WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), @"\s+", " ");
        Assert.Contains("Ada Acme changed this at", page, StringComparison.Ordinal);
        Assert.Contains(
            "You both changed this. Above is what you wrote; Ada Acme wrote: <q class=\"m-pre-line\">Adapters of May</q>",
            page,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Ada Acme changed this in the meantime. Shown is what stands now.",
            page,
            StringComparison.Ordinal
        );
        var again = FormOf(page, "assets.edit");
        Assert.Equal(("Adapters of June", "eu-central-1"), (Value(again, "name"), Value(again, "location")));
        Assert.Contains("Kept in the vault", again, StringComparison.Ordinal);

        using (var saved = await ben.PostAsync(path, Filled(again)))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var stands = FormOf(await ada.GetStringAsync(path), "assets.edit");
        Assert.Equal(("Adapters of June", "eu-central-1"), (Value(stands, "name"), Value(stands, "location")));
        Assert.Contains("Kept in the vault", stands, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_keeps_the_version_that_was_read_so_that_the_next_try_still_notices_the_other()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Reranker");
        var form = FormOf(await ada.GetStringAsync(path), "assets.edit");
        using (var other = await ada.PostAsync(path, Filled(form, ("name", "Reranker two"))))
            Assert.Equal(HttpStatusCode.Redirect, other.StatusCode);
        using var refused = await ada.PostAsync(path, Filled(form, ("name", new string('x', 201))));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var back = FormOf(await refused.Content.ReadAsStringAsync(), "assets.edit");
        Assert.Equal(new string('x', 201), Value(back, "name"));
        using var conflict = await ada.PostAsync(path, Filled(back, ("name", "Reranker three")));
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
    }

    [Fact]
    public async Task A_text_that_is_too_long_comes_back_whole_with_the_limit()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Notebook");
        var text = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:0000} "));
        using var refused = await ada.PostAsync(
            path,
            Filled(FormOf(await ada.GetStringAsync(path), "assets.edit"), ("description", text))
        );
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains(text.Trim(), page, StringComparison.Ordinal);
        Assert.Contains("At most 4,000 characters.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_before_the_session_ended_is_given_back_and_goes_into_the_form_again()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Dataset of 2025");
        var form = FormOf(await ada.GetStringAsync(path), "assets.edit");
        const string Text = "Three thousand annotated images, checked twice by the clinical team & kept apart.";
        using var stranger = SignedOut();
        using var ended = await stranger.PostAsync(path, Filled(form, ("description", Text)));
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        var page = await ended.Content.ReadAsStringAsync();
        Assert.Contains("nothing that you typed is lost", page, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(Text), page, StringComparison.Ordinal);
        Assert.Contains("no-store", ended.Headers.CacheControl!.ToString(), StringComparison.Ordinal);

        using var back = await ada.PostAsync(path, Site.Form(page));
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var filled = FormOf(await back.Content.ReadAsStringAsync(), "assets.edit");
        Assert.Contains("Nothing is stored yet", filled, StringComparison.Ordinal);
        Assert.Contains(WebUtility.HtmlEncode(Text), filled, StringComparison.Ordinal);
        Assert.DoesNotContain(
            WebUtility.HtmlEncode(Text),
            FormOf(await ada.GetStringAsync(path), "assets.edit"),
            StringComparison.Ordinal
        );

        using (var saved = await ada.PostAsync(path, Filled(filled)))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains(
            WebUtility.HtmlEncode(Text),
            FormOf(await ada.GetStringAsync(path), "assets.edit"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_given_back_is_worth_nothing_to_another_account()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        using var ben = await site.SignedIn("IsmsManager@acme.test");
        var path = await NewAsset(ada, "Tokenizer");
        using var stranger = SignedOut();
        using var ended = await stranger.PostAsync(
            path,
            Filled(FormOf(await ada.GetStringAsync(path), "assets.edit"), ("name", "Taken"))
        );
        using var other = await ben.PostAsync(path, Site.Form(await ended.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("Tokenizer", FormOf(await ada.GetStringAsync(path), "assets.edit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_opened_before_the_cookies_went_is_given_back_and_one_press_then_saves()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Dataset of 2024");
        var form = FormOf(await ada.GetStringAsync(path), "assets.edit");
        using var again = await site.SignedIn("founder@acme.test");
        again.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var back = await again.PostAsync(
            path,
            Filled(form, ("description", "Two thousand images & their labels"))
        );
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        var filled = FormOf(await back.Content.ReadAsStringAsync(), "assets.edit");
        Assert.Contains(
            "This form was opened before you signed in again. Look at it once more and send it.",
            filled,
            StringComparison.Ordinal
        );
        Assert.Contains("Two thousand images &amp; their labels", filled, StringComparison.Ordinal);
        Assert.DoesNotContain(
            "Two thousand",
            FormOf(await again.GetStringAsync(path), "assets.edit"),
            StringComparison.Ordinal
        );

        using (var saved = await again.PostAsync(path, Filled(filled)))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains(
            "Two thousand",
            FormOf(await again.GetStringAsync(path), "assets.edit"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task What_was_typed_comes_back_also_when_the_session_ended_and_all_cookies_went()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Dataset of 2023");
        using var stranger = SignedOut();
        using var ended = await stranger.PostAsync(
            path,
            Filled(FormOf(await ada.GetStringAsync(path), "assets.edit"), ("name", "Dataset of 2022"))
        );
        using var again = await site.SignedIn("founder@acme.test");
        again.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var back = await again.PostAsync(path, Site.Form(await ended.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        var filled = FormOf(await back.Content.ReadAsStringAsync(), "assets.edit");
        Assert.Equal("Dataset of 2022", Value(filled, "name"));
        using (var saved = await again.PostAsync(path, Filled(filled)))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains(
            "Dataset of 2022",
            FormOf(await again.GetStringAsync(path), "assets.edit"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_text_of_a_document_is_given_back_and_not_saved()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        const string Path = "/acme/documents/DOC-2/edit";
        using var given = new HttpRequestMessage(HttpMethod.Post, Path)
        {
            Content = Site.Form(
                await ada.GetStringAsync(Path),
                ("_handler", "write"),
                ("source", "Nothing but this sentence."),
                ("act", "save"),
                ("__RequestVerificationToken", "of another day")
            ),
        };
        given.Headers.Add("Origin", site.Url);
        using var back = await ada.SendAsync(given);
        Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        var page = await back.Content.ReadAsStringAsync();
        Assert.Contains("Nothing but this sentence.</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("Look at it once more and send it.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing but this sentence.", await ada.GetStringAsync(Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Nothing", "said")]
    public async Task What_another_site_fills_in_is_never_put_before_anybody(string header, string value)
    {
        using var ada = await site.SignedIn("founder@acme.test");
        var path = await NewAsset(ada, "Embeddings");
        var form = FormOf(await ada.GetStringAsync(path), "assets.edit");
        using var stranger = site.With((string?)null);
        foreach (
            var (client, status) in new[] { (ada, HttpStatusCode.BadRequest), (stranger, HttpStatusCode.Redirect) }
        )
        {
            using var sent = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = Filled(form, ("name", "Planted"), ("__RequestVerificationToken", "x")),
            };
            sent.Headers.Add(header, value);
            using var refused = await client.SendAsync(sent);
            var page = await refused.Content.ReadAsStringAsync();
            Assert.Equal(status, refused.StatusCode);
            Assert.DoesNotContain("Planted", page, StringComparison.Ordinal);
            if (status == HttpStatusCode.BadRequest)
                Assert.Contains("This form has expired", page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Planted", await ada.GetStringAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_topics_of_a_management_review_are_saved_together_and_a_wrong_one_keeps_the_others()
    {
        using var ada = await site.SignedIn("founder@acme.test");
        using var manager = site.With(Moat.Isms.Kernel.Role.IsmsManager);
        using var made = await manager.PostAsync(
            "/api/v1/acme/reviews/schedule",
            new StringContent(
                "{\"title\":\"Half a year\",\"scheduledOn\":\"2099-01-01\",\"chair\":\"PER-1\"}",
                System.Text.Encoding.UTF8,
                "application/json"
            )
        );
        var reference = (string)JsonNode.Parse(await made.Content.ReadAsStringAsync())!["ref"]!;
        var path = $"/acme/reviews/{reference}";
        using (
            var prepared = await ada.PostAsync(path, Filled(FormOf(await ada.GetStringAsync(path), "reviews.prepare")))
        )
            Assert.Equal(HttpStatusCode.Redirect, prepared.StatusCode);
        var form = FormOf(await ada.GetStringAsync(path), "reviews.minute");

        using var refused = await ada.PostAsync(
            path,
            Filled(
                form,
                ("conclusion-risks", "Two risks moved."),
                ("conclusion-audits", "No."),
                ("brought-feedback", "Four hospitals asked for logs.")
            )
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var back = FormOf(await refused.Content.ReadAsStringAsync(), "reviews.minute");
        Assert.Contains("At least 5 characters.", back, StringComparison.Ordinal);
        foreach (var typed in new[] { "Two risks moved.", "No.", "Four hospitals asked for logs." })
            Assert.Contains(typed, back, StringComparison.Ordinal);

        using (var saved = await ada.PostAsync(path, Filled(back, ("conclusion-audits", "Nothing is open."))))
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await ada.GetStringAsync(path);
        foreach (var kept in new[] { "Two risks moved.", "Nothing is open.", "Four hospitals asked for logs." })
            Assert.Contains(kept, page, StringComparison.Ordinal);
    }

    private HttpClient SignedOut()
    {
        var browser = site.With((string?)null);
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return browser;
    }

    private static async Task<string> NewAsset(HttpClient client, string name)
    {
        var page = await client.GetStringAsync("/acme/assets/new");
        using var made = await client.PostAsync(
            "/acme/assets/new",
            Site.Form(
                page,
                ("name", name),
                ("kind", "model"),
                ("confidentiality", "2"),
                ("integrity", "2"),
                ("availability", "2")
            )
        );
        return made.Headers.Location!.ToString();
    }

    private static string FormOf(string page, string operation) =>
        Regex
            .Match(page, $"<form [^>]*data-operation=\"{Regex.Escape(operation)}\".*?</form>", RegexOptions.Singleline)
            .Value;

    /// <summary>
    /// What a browser sends of a form: hidden fields, texts, choices and ticks, with some of them written anew.
    /// </summary>
    private static FormUrlEncodedContent Filled(string form, params (string Name, string Value)[] written)
    {
        var fields = Inputs()
            .Matches(form)
            .Where(m =>
                !m.Value.Contains("type=\"checkbox\"", StringComparison.Ordinal)
                || m.Value.Contains(" checked", StringComparison.Ordinal)
            )
            .Select(m => (Name: Attribute(m.Value, "name"), Value: Attribute(m.Value, "value") ?? ""))
            .Concat(
                Areas()
                    .Matches(form)
                    .Select(m => (Name: (string?)m.Groups["name"].Value, Value: m.Groups["text"].Value))
            )
            .Concat(
                Selects().Matches(form).Select(m => (Name: (string?)m.Groups["name"].Value, Value: Chosen(m.Value)))
            )
            .Where(f => f.Name is not null && written.All(w => w.Name != f.Name))
            .Select(f => KeyValuePair.Create(f.Name!, WebUtility.HtmlDecode(f.Value)));
        return new(fields.Concat(written.Select(w => KeyValuePair.Create(w.Name, w.Value))));
    }

    private static string Chosen(string select)
    {
        var options = Regex.Matches(select, "<option[^>]*>").Select(m => m.Value).ToList();
        return Attribute(
                options.Find(o => o.Contains(" selected", StringComparison.Ordinal)) ?? options.FirstOrDefault() ?? "",
                "value"
            ) ?? "";
    }

    private static string? Attribute(string tag, string name) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } found ? found.Groups[1].Value : null;

    private static string? Value(string form, string field) =>
        Inputs()
            .Matches(form)
            .Select(m => m.Value)
            .Where(i => Attribute(i, "name") == field)
            .Select(i => Attribute(i, "value"))
            .FirstOrDefault();

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea [^>]*name=\"(?<name>[^\"]+)\"[^>]*>(?<text>[^<]*)</textarea>")]
    private static partial Regex Areas();

    [GeneratedRegex("<select [^>]*name=\"(?<name>[^\"]+)\".*?</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();
}
