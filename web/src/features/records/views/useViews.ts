// The views of a list: asked for once, opened by the address. A list that was asked nothing opens with what its person chose.

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, data } from "@/api/client";
import type { ListView, ObjectForm, ViewsAnswer } from "@/api/types";
import type { ListSearch } from "../list/search";
import { asksFor, isBare, isOnlyView, questionOf } from "./look";

export const viewsKey = (object: string) => ["views", object];

export type Views = {
  all: ViewsAnswer | undefined;
  active: ListView | undefined;
  /** The address names a view that is not there any more. */
  gone: boolean;
  /** Which question is to be asked is not known yet: nothing may be asked, for it would be recorded. */
  waiting: boolean;
};

export function useViews(object: ObjectForm, search: ListSearch, open: (change: Partial<ListSearch>) => void): Views {
  const query = useQuery({
    queryKey: viewsKey(object.name),
    staleTime: 10 * 60_000,
    retry: false,
    queryFn: () =>
      data(
        api.GET("/api/v1/records/{object}/views", { params: { path: { object: object.name } } }),
      ) as Promise<ViewsAnswer>,
  });
  const all = query.data;
  const active = all?.views.find((v) => v.id === search.view);
  // Whether this list has been opened: afterwards an address that asks nothing means just that.
  const [opened, setOpened] = useState(!isBare(search) && !isOnlyView(search));
  // The view that the address is being changed to: until it is, nothing may be asked.
  const [opening, setOpening] = useState<ListView>();
  const arrived =
    opening !== undefined && (asksFor(search, opening) || (search.view === opening.id && !isOnlyView(search)));
  useEffect(() => {
    if (arrived) setOpening(undefined);
  }, [arrived]);
  const first = all?.views.find((v) => v.id === (isBare(search) ? all.opens : search.view));
  useEffect(() => {
    if (all === undefined || opened) return;
    setOpened(true);
    setOpening(first);
    if (first !== undefined) open({ view: first.id, ...questionOf(first.look) });
  }, [all, first, open, opened]);
  return {
    all,
    active,
    gone: all !== undefined && search.view !== undefined && active === undefined,
    waiting: !query.isError && (!opened || (opening !== undefined && !arrived)),
  };
}
