using System.Net;

namespace Moat.Tests;

/// <summary>A browser that signs in from a network of its choice, with its own cookies.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _site;

    public Browser(
        string url,
        string address = "203.0.113.1",
        string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    )
    {
        _site = new Uri(url);
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies })
        {
            BaseAddress = _site,
        };
        _http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
    }

    public CookieContainer Cookies { get; } = new();

    /// <summary>All its cookies, as somebody who steals them has them.</summary>
    public string Stolen => Cookies.GetCookieHeader(_site);

    public Task<string> Read(string path) => _http.GetStringAsync(path);

    public async Task<HttpStatusCode> Look(string path)
    {
        using var answer = await _http.GetAsync(path);
        return answer.StatusCode;
    }

    public async Task<bool> SignIn(string password = Site.Password, string code = "", string email = "ada@acme.test")
    {
        using var answer = await Post("/sign-in", ("email", email), ("password", password), ("code", code));
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    public async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] values)
    {
        var page = await _http.GetStringAsync(path);
        return await _http.PostAsync(path, Site.Form(page, [.. values]));
    }

    public void Dispose() => _http.Dispose();
}
