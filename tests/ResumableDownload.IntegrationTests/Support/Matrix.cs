namespace ResumableDownload.IntegrationTests;

/// <summary>Every combination as a row.</summary>
internal static class Matrix
{
    public static TheoryData<T1, T2> Of<T1, T2>(IReadOnlyCollection<T1> first, IReadOnlyCollection<T2> second)
    {
        var rows = new TheoryData<T1, T2>();
        foreach (var (one, two) in first.SelectMany(_ => second, (one, two) => (one, two)))
        {
            rows.Add(one, two);
        }

        return rows;
    }

    public static TheoryData<T1, T2, T3> Of<T1, T2, T3>(IReadOnlyCollection<T1> first, IReadOnlyCollection<T2> second, IReadOnlyCollection<T3> third)
    {
        var rows = new TheoryData<T1, T2, T3>();
        foreach (var (one, two) in first.SelectMany(_ => second, (one, two) => (one, two)))
        {
            foreach (var three in third)
            {
                rows.Add(one, two, three);
            }
        }

        return rows;
    }
}
