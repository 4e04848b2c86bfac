-- What `three-levels` asks for, in one statement: $1 is the code of a committee, $2 and $3 the range of codes of its region,
-- $4 whether that is a province, whose rows an index has in order; what is smaller is read whole and sorted. Of two branches
-- that $4 chooses between only one is run, and coalesce keeps the sorted one off the indexes of the order alone.
-- bench.place is the directory, which the hub has in memory.
select json_build_object('committee', json_build_object(
  'code', c.code, 'name', c.name, 'level', c.level,
  'region', json_build_object('code', c.code, 'name', c.region, 'level', c.region_level),
  'parent', (select json_build_object('code', code, 'name', name, 'level', level) from bench.place where code = c.parent),
  'children', json_build_object(
    'totalCount', (select count(*) from bench.place where parent = c.code),
    'nodes', (select coalesce(json_agg(json_build_object('code', code, 'name', name, 'level', level) order by code), '[]')
      from (select code, name, level from bench.place where parent = c.code order by code limit 100) as child)),

  'members', json_build_object(
    'totalCount', (select coalesce(sum(total), 0) from members.counter where type = 'member' and owner >= $2 and owner < $3)
      + (select count(*) from members.member where owner >= $2 and owner < $3 and deleted is null
          and (visibility in ('PRIVATE', 'JOINT') or (visibility <> 'PUBLIC' and subjects <> '{}'))),
    'nodes', (select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name,
        'sector', (select json_build_object('name', o.name) from members.affiliation as a join members.organization as o on o.id = a.sector
          where a.member = m.id and a.deleted is null and o.deleted is null),
        'posts', (select coalesce(json_agg(json_build_object('title', p.title) order by p.position, p.id), '[]')
          from members.post as p where p.person = m.person and p.deleted is null)) order by m.name, m.id), '[]')
      from (
        (select id, name, person from members.member where $4 and province = $1 and deleted is null order by name, id limit 5)
        union all
        (select id, name, person from members.member where not $4 and owner >= $2 and owner < $3 and deleted is null
          order by coalesce(name, name), id limit 5)) as m)),

  'consultations', json_build_object(
    'totalCount', (select coalesce(sum(total), 0) from consultations.counter where type = 'consultation' and owner >= $2 and owner < $3)
      + (select count(*) from consultations.consultation where owner >= $2 and owner < $3 and deleted is null
          and (visibility in ('PRIVATE', 'JOINT') or (visibility <> 'PUBLIC' and subjects <> '{}')))
      + (select count(*) from consultations.consultation where deleted is null and id = any(array(
          select consultation from consultations.host where role = 'CO_HOST' and committee >= $2 and committee < $3
            and not (owner >= $2 and owner < $3) and deleted is null))),
    'nodes', (select coalesce(json_agg(json_build_object('id', t.id, 'title', t.title, 'kind', t.kind, 'status', t.status,
        'held', json_build_object('start', t.held ->> 'start', 'precision',
          case length(t.held ->> 'start') when 10 then 'DAY' when 7 then 'MONTH' when 4 then 'YEAR' end),
        'hosts', (select coalesce(json_agg(json_build_object('committee',
            json_build_object('code', p.code, 'name', p.name, 'level', p.level)) order by h.position), '[]')
          from consultations.host as h join bench.place as p on p.code = h.committee where h.consultation = t.id and h.deleted is null),
        'participants', json_build_object(
          'totalCount', (select count(*) from consultations.participant as p where p.consultation = t.id and p.deleted is null),
          'nodes', (select coalesce(json_agg(json_build_object('member', case when m.id is not null
              then json_build_object('id', m.id, 'name', m.name) end) order by p.position, p.id), '[]')
            from (select member, position, id from consultations.participant where consultation = t.id and deleted is null
              order by position, id limit 5) as p left join members.member as m on m.id = p.member and m.deleted is null)),
        'suggestions', json_build_object(
          'totalCount', (select count(*) from consultations.suggestion as s where s.consultation = t.id and s.deleted is null),
          'nodes', (select coalesce(json_agg(json_build_object('id', s.id, 'text', s.text,
              'adoptions', (select coalesce(json_agg(json_build_object('committee', json_build_object('code', p.code, 'name', p.name),
                  'status', a.status, 'reason', a.reason) order by a.position, a.id), '[]')
                from consultations.adoption as a join bench.place as p on p.code = a.owner
                where a.suggestion = s.id and a.deleted is null)) order by s.position, s.id), '[]')
            from (select id, text, position from consultations.suggestion where consultation = t.id and deleted is null
              order by position, id limit 5) as s))) order by t.held_from desc, t.id desc), '[]')
      from (
        select * from (
          (select id, title, kind, status, held, held_from from consultations.consultation
            where $4 and province = $1 and deleted is null order by held_from desc, id desc limit 10)
          union all
          (select id, title, kind, status, held, held_from from consultations.consultation
            where not $4 and owner >= $2 and owner < $3 and deleted is null
            order by coalesce(held_from, held_from) desc, id desc limit 10)
          union all
          (select id, title, kind, status, held, held_from from consultations.consultation
            where deleted is null and id = any(array(
              select consultation from consultations.host where role = 'CO_HOST' and committee >= $2 and committee < $3
                and not (owner >= $2 and owner < $3) and deleted is null))
            order by held_from desc, id desc limit 10)) as either
        order by held_from desc, id desc limit 10) as t)),

  'workstations', json_build_object(
    'totalCount', (select coalesce(sum(total), 0) from workstations.counter where type = 'workstation' and owner >= $2 and owner < $3)
      + (select count(*) from workstations.workstation where owner >= $2 and owner < $3 and deleted is null
          and (visibility in ('PRIVATE', 'JOINT') or (visibility <> 'PUBLIC' and subjects <> '{}'))),
    'nodes', (select coalesce(json_agg(json_build_object('id', w.id, 'name', w.name, 'kind', w.kind,
        'region', json_build_object('code', p.code, 'name', p.region)) order by w.name, w.id), '[]')
      from (
        (select id, name, kind, region from workstations.workstation where $4 and province = $1 and deleted is null
          order by name, id limit 10)
        union all
        (select id, name, kind, region from workstations.workstation where not $4 and owner >= $2 and owner < $3 and deleted is null
          order by coalesce(name, name), id limit 10)) as w join bench.place as p on p.code = w.region)),

  'cooperations', json_build_object(
    'totalCount', (select coalesce(sum(total), 0) from cooperation.counter where type = 'cooperation' and owner >= $2 and owner < $3)
      + (select count(*) from cooperation.cooperation where owner >= $2 and owner < $3 and deleted is null
          and (visibility in ('PRIVATE', 'JOINT') or (visibility <> 'PUBLIC' and subjects <> '{}')))
      + (select count(*) from cooperation.cooperation where deleted is null and id = any(array(
          select cooperation from cooperation.partner where position > 0 and status = 'ACCEPTED' and committee >= $2 and committee < $3
            and not (owner >= $2 and owner < $3) and deleted is null))),
    'nodes', (select coalesce(json_agg(json_build_object('id', t.id, 'title', t.title,
        'partners', (select coalesce(json_agg(json_build_object('committee',
            json_build_object('code', p.code, 'name', p.name, 'level', p.level)) order by r.position), '[]')
          from cooperation.partner as r join bench.place as p on p.code = r.committee where r.cooperation = t.id and r.status = 'ACCEPTED' and r.deleted is null),
        'milestones', (select coalesce(json_agg(json_build_object('title', s.title, 'stage', s.stage,
            'date', json_build_object('start', s.date ->> 'start', 'precision',
              case length(s.date ->> 'start') when 10 then 'DAY' when 7 then 'MONTH' when 4 then 'YEAR' end)) order by s.position), '[]')
          from cooperation.milestone as s where s.cooperation = t.id and s.deleted is null)) order by t.started_from desc, t.id desc), '[]')
      from (
        select * from (
          (select id, title, started_from from cooperation.cooperation
            where owner >= $2 and owner < $3 and deleted is null order by started_from desc, id desc limit 10)
          union all
          (select id, title, started_from from cooperation.cooperation
            where deleted is null and id = any(array(
              select cooperation from cooperation.partner where position > 0 and status = 'ACCEPTED' and committee >= $2 and committee < $3
                and not (owner >= $2 and owner < $3) and deleted is null))
            order by started_from desc, id desc limit 10)) as either
        order by started_from desc, id desc limit 10) as t))
)) as data
from bench.place as c where c.code = $1
